import { zstdCompressSync, zstdDecompressSync } from 'node:zlib'

import { canonicalJson, type Json } from '../../../shared/domain/canonical-json.ts'
import { counted } from '../../../shared/domain/counted.ts'
import type { Fact } from '../../../shared/domain/facts.ts'
import type { SourceName } from '../../../shared/domain/source.ts'
import type { SourcedFacts } from './reading.ts'
import { namedReading, type NamedReading } from './reading-schema.ts'

/** The longest JSON of a reading, in bytes: 1.2 million grants. */
export const MOST_READING_BYTES = 268_435_456

/** Bytes that are not a reading, or a reading that is too long. The message states which, and what to do. */
export class ReadingUnreadable extends Error {
  override readonly name = 'ReadingUnreadable'
}

/**
 * A reading as bytes that are the same in every register: canonical JSON (RFC 8785) of the reading with its facts in
 * order, compressed (zstd, RFC 8878). Throws `ReadingUnreadable` for one that is too long to be read again.
 */
export function encodeReading(reading: NamedReading, most = MOST_READING_BYTES): Uint8Array {
  const members = Object.keys(namedReading.shape)
    .toSorted()
    .map((name) => `"${name}":${writeMember(name, { ...reading, v: 1 })}`)
  const text = Buffer.from(`{${members.join(',')}}`)
  if (text.byteLength > most) throw tooLong(most)
  return zstdCompressSync(text)
}

/** Facts are written one by one, which is nearly all of the text. */
function writeMember(name: string, reading: NamedReading & { readonly v: 1 }): string {
  if (name !== 'facts') return canonicalJson((reading as unknown as Readonly<Record<string, Json>>)[name] ?? null)
  const lists = sortFacts(reading.facts).map(
    ({ source, project, facts }) =>
      `{"facts":[${facts.map(writeFact).join(',')}],"project":${canonicalJson(project)},"source":${canonicalJson(source)}}`,
  )
  return `[${lists.join(',')}]`
}

/** The reading of some bytes, whose author is not trusted. Throws `ReadingUnreadable`. */
export function decodeReading(bytes: Uint8Array, most = MOST_READING_BYTES): NamedReading {
  const { v: _, ...reading } = parse(unpack(bytes, most))
  return reading
}

/**
 * The facts of a reading in one order, so that the same reading has the same bytes: neighbouring pages of a list are
 * one, and its facts are sorted by type and external id. The effects of the order in which they were reported stay: of
 * several facts of a subject the first counts, and grants of one principal are listed as reported.
 */
export function sortFacts(lists: readonly SourcedFacts[]): readonly SourcedFacts[] {
  const joined: {
    readonly source: SourceName
    readonly project: string | null
    readonly pages: (readonly Fact[])[]
  }[] = []
  for (const { source, project, facts } of lists) {
    const last = joined.at(-1)
    if (last?.source === source && last.project === project) last.pages.push(facts)
    else joined.push({ source, project, pages: [facts] })
  }
  return joined.map(({ pages, ...list }) => ({
    ...list,
    facts: pages
      .flat()
      .map((fact) => ({ fact, place: toPlace(fact) }))
      .sort((a, b) => (a.place < b.place ? -1 : Number(a.place > b.place)))
      .map(({ fact }) => fact),
  }))
}

/** Facts with the same place keep their order. */
function toPlace(fact: Fact): string {
  switch (fact.type) {
    // Of several, the first is compared with the connection and the last is kept.
    case 'organization':
      return 'organization'
    case 'membership':
      return `membership ${fact.group} ${fact.member}`
    case 'grant':
      return `grant ${fact.principal}`
    case 'detail':
      return `detail ${fact.of} ${fact.externalId}`
    case 'project':
    case 'principal':
    case 'key':
    case 'limit':
    case 'federation':
    case 'certificate':
    case 'restriction':
      return `${fact.type} ${fact.externalId}`
    default:
      return fact satisfies never
  }
}

/** `MOST_READING_BYTES` also bounds what is unpacked: every member of a team could send bytes that do not end. */
function unpack(bytes: Uint8Array, most: number): unknown {
  let text: Buffer
  try {
    text = zstdDecompressSync(bytes, { maxOutputLength: most })
  } catch (error) {
    if (error instanceof RangeError) throw tooLong(most)
    throw new ReadingUnreadable(
      'The bytes of the reading are damaged: they cannot be unpacked. Read the provider again.',
    )
  }
  try {
    return JSON.parse(text.toString()) as unknown
  } catch {
    throw new ReadingUnreadable('The bytes of the reading are damaged: they are not JSON. Read the provider again.')
  }
}

function parse(value: unknown) {
  const parsed = namedReading.safeParse(value)
  if (parsed.success) return parsed.data
  const place = parsed.error.issues[0]?.path.join('.') ?? ''
  throw new ReadingUnreadable(
    `The reading has a value that is not valid${place === '' ? '' : ` at ${place}`}. Install the newest version, or read the provider again.`,
  )
}

export function tooLong(most: number): ReadingUnreadable {
  return new ReadingUnreadable(
    `The reading has more than ${counted(most, 'byte')}. Split the organization into several connections.`,
  )
}

function writeFact(fact: Fact): string {
  const json = fact as unknown as Json
  try {
    return canonicalJson(json)
  } catch (error) {
    if (!(error instanceof RangeError)) throw error
    return canonicalJson(spellNumbers(json))
  }
}

/** Numbers that JSON cannot hold become their words. */
function spellNumbers(value: Json | undefined): Json {
  if (typeof value === 'number') return Number.isFinite(value) ? value : String(value)
  if (typeof value !== 'object' || value === null) return value ?? null
  if (Array.isArray(value)) return value.map((one: Json) => spellNumbers(one))
  const members = Object.entries(value).filter(([, member]) => member !== undefined)
  return Object.fromEntries(members.map(([name, member]) => [name, spellNumbers(member)]))
}
