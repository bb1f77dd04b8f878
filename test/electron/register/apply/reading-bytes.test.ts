import { zstdCompressSync, zstdDecompressSync } from 'node:zlib'

import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import {
  decodeReading,
  encodeReading,
  ReadingUnreadable,
  sortFacts,
} from '../../../../electron/register/apply/reading-bytes.ts'
import type { NamedReading } from '../../../../electron/register/apply/reading-schema.ts'
import type { Fact } from '../../../../shared/domain/facts.ts'
import { anyReading } from './draw-facts.ts'
import { grant, user } from '../registers.ts'

/** Each fact with its list, whatever the order. */
const listed = ({ facts }: Pick<NamedReading, 'facts'>): readonly string[] =>
  facts.flatMap(({ source, project, facts: all }) => all.map((fact) => write([source, project, fact]))).toSorted()

/** A value as text, also what JSON has no form for; members in any order. */
function write(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(write).join(',')}]`
  if (typeof value !== 'object' || value === null)
    return typeof value === 'string' ? JSON.stringify(value) : String(value)
  const members = Object.entries(value).filter(([, member]) => member !== undefined)
  return `{${members
    .map(([name, member]) => `${JSON.stringify(name)}:${write(member)}`)
    .toSorted()
    .join(',')}}`
}

const refusal = (work: () => unknown): string => {
  try {
    work()
  } catch (error) {
    if (error instanceof ReadingUnreadable) return error.message
    throw error
  }
  return ''
}

const READING: NamedReading = {
  uid: '01990000-0000-7000-8000-000000000001',
  connectionUid: '01990000-0000-7000-8000-000000000002',
  origin: 'api',
  startedAt: 1,
  finishedAt: 2,
  day: '2026-11-27',
  operator: 'Mara',
  facts: [{ source: 'users', project: null, facts: [user('u2'), user('u1')] }],
  outcomes: [],
}
const RULE: Fact = {
  type: 'federation',
  externalId: 'rule-1',
  name: null,
  status: 'active',
  account: 'svac-1',
  projects: null,
  reachesOrganization: false,
  level: null,
  issuer: null,
  issuerName: null,
  issuerStatus: null,
  audience: null,
  subject: null,
  claims: {},
  condition: null,
  scopes: null,
  lifetimeSeconds: null,
  createdAt: null,
}
const BYTES = encodeReading(READING)

describe('a reading as bytes', () => {
  it('loses nothing but the order of facts, whatever a provider sends', () => {
    fc.assert(
      fc.property(anyReading, (reading) => {
        const { facts, ...about } = decodeReading(encodeReading(reading))
        const { facts: _, ...expected } = reading
        expect(about).toEqual(expected)
        expect(listed({ facts })).toEqual(listed(reading))
      }),
      { numRuns: 300 },
    )
  })

  it('keeps a claim that is named __proto__', () => {
    const claims = JSON.parse('{"__proto__":"x","sub":"y"}') as Record<string, string>
    const rule: Fact = { ...RULE, claims }
    const reading = { ...READING, facts: [{ source: 'federation-rules' as const, project: null, facts: [rule] }] }
    expect(listed(decodeReading(encodeReading(reading)))).toEqual(listed(reading))
  })

  it('is the same in whatever order a list reports facts of different subjects', () => {
    fc.assert(
      fc.property(anyReading, fc.nat(), (reading, seed) => {
        const facts = reading.facts.map((list) => {
          const subjects = [...Map.groupBy(list.facts, toSubject)]
          const turned = [
            ...subjects.slice(seed % (subjects.length + 1)),
            ...subjects.slice(0, seed % (subjects.length + 1)),
          ]
          return { ...list, facts: turned.flatMap(([, of]) => of) }
        })
        expect(encodeReading({ ...reading, facts })).toEqual(encodeReading(reading))
      }),
    )
  })

  it('is canonical JSON, compressed', () => {
    const text = zstdDecompressSync(BYTES).toString()
    expect(text).toBe(write({ ...READING, v: 1, facts: sortFacts(READING.facts) }))
  })

  it('keeps the first of several facts of a subject first, and the grants of a principal in the order of the provider', () => {
    const facts = [
      user('u2', { name: 'first' }),
      grant('u2', 'p9'),
      user('u1'),
      user('u2', { name: 'second' }),
      grant('u2', 'p1'),
      grant('u1', 'p1'),
    ]
    const page = (from: number, to: number) => ({
      source: 'users' as const,
      project: null,
      facts: facts.slice(from, to),
    })
    const [list, ...others] = sortFacts([page(0, 2), page(2, 6)])
    expect(others).toEqual([])
    expect(list?.facts).toEqual([facts[5], facts[1], facts[4], facts[2], facts[0], facts[3]])
  })
})

describe('bytes that are not a reading', () => {
  it('are refused where they are cut, changed or something else', () => {
    for (let length = 0; length < BYTES.length; length += 7)
      expect(refusal(() => decodeReading(BYTES.subarray(0, length)))).toMatch(/damaged.*Read the provider again/u)
    const packed = (text: string): Uint8Array => zstdCompressSync(Buffer.from(text))
    expect(refusal(() => decodeReading(packed('{')))).toMatch(/not JSON/u)
    const other = (over: object): string =>
      refusal(() => decodeReading(packed(JSON.stringify({ ...READING, v: 1, ...over }))))
    expect(other({})).toBe('')
    expect(other({ v: 2 })).toMatch(/not valid at v\. Install the newest version/u)
    expect(other({ more: 1 })).toMatch(/not valid/u)
    const named = { source: 'users', project: null, facts: [{ ...user('u1'), level: 'god' }] }
    expect(other({ facts: [named] })).toMatch(/not valid at facts\.0\.facts\.0\.level/u)
  })

  it('are not unpacked beyond the longest reading, which is not written either', () => {
    const bomb = zstdCompressSync(Buffer.alloc(5_000_000))
    expect(bomb.length).toBeLessThan(1000)
    expect(refusal(() => decodeReading(bomb, 1_000_000))).toMatch(/more than 1000000 bytes/u)
    expect(refusal(() => encodeReading(READING, 100))).toMatch(/more than 100 bytes/u)
  })
})

/** What a fact is about; grants of a principal keep their order, and so do organizations. */
function toSubject(fact: Fact): string {
  if (fact.type === 'organization') return ''
  if (fact.type === 'grant') return JSON.stringify(['grant', fact.principal])
  if (fact.type === 'membership') return JSON.stringify([fact.type, fact.group, fact.member])
  return JSON.stringify([fact.type, 'of' in fact ? fact.of : '', fact.externalId])
}
