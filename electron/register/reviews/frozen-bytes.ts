import { constants, zstdCompressSync, zstdDecompressSync } from 'node:zlib'

import { z } from 'zod'

import { itemFacts, reviewSource } from '../../../shared/contract/reviews.ts'
import { MOST_PACKED_BYTES, MOST_PIECE_BYTES } from '../../../shared/decisions/readings.ts'
import type { Reader, Writer } from '../db/handles.ts'
import { frozenLines } from './frozen-lines.ts'
import { keepFrozen } from './frozen-store.ts'
import { readFacts } from './stored-facts.ts'

/** What the lines of one review have unpacked: about 200,000 items. */
const MOST_TEXT_BYTES = 268_435_456
/** A decoder needs no larger window than this: other registers may have less memory. */
const WINDOW = { params: { [constants.ZSTD_d_windowLogMax]: 24 } }

/** What a review froze, for other registers: its lines, compressed (zstd, RFC 8878), in pieces that a blob can hold. */
export function packFrozen(reader: Reader, reviewId: number): readonly Uint8Array[] {
  const text = Buffer.from([...frozenLines(reader, reviewId)].map((line) => `${line}\n`).join(''))
  if (text.length > MOST_TEXT_BYTES) throw new RangeError('A review is too large to be shared with a team.')
  const packed = zstdCompressSync(text, { params: { [constants.ZSTD_c_windowLog]: 24 } })
  const pieces: Uint8Array[] = []
  for (let from = 0; from < packed.length; from += MOST_PIECE_BYTES) {
    pieces.push(new Uint8Array(packed.subarray(from, from + MOST_PIECE_BYTES)))
  }
  return pieces
}

/**
 * Keeps the lines that another register froze, until the operation that opens the review is carried out. False, and none are kept,
 * where the pieces are not lines of a review, or have another hash or another number of items than the operation: nothing is frozen then.
 */
export function keepPacked(
  writer: Writer,
  { population, items }: { readonly population: string; readonly items: number },
  pieces: readonly Uint8Array[],
): boolean {
  const lines = unpackLines(pieces, items)
  if (lines !== null && keepFrozen(writer, lines) === population) return true
  keepFrozen(writer, [])
  return false
}

function unpackLines(pieces: readonly Uint8Array[], most: number): readonly string[] | null {
  const length = pieces.reduce((sum, piece) => sum + piece.length, 0)
  if (length === 0 || length > MOST_PACKED_BYTES) return null
  let text: string
  try {
    const bytes = zstdDecompressSync(Buffer.concat(pieces, length), { ...WINDOW, maxOutputLength: MOST_TEXT_BYTES })
    text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    // Not a frame, more than is allowed, or not text.
    return null
  }
  const lines = text.split('\n')
  if (lines.pop() !== '') return null
  let items = 0
  return lines.every((line, at) => isLine(line, at, () => (items += 1))) && items === most ? lines : null
}

const words = z.string().nullable()
const sourceLine = z.strictObject({
  connection: z.string(),
  sync: words,
  source: z.string(),
  project: z.string(),
  label: z.string(),
  provider: z.string(),
  organizationId: words,
  readAt: reviewSource.shape.readAt,
  origin: reviewSource.shape.origin,
  state: reviewSource.shape.state,
  expected: reviewSource.shape.expected,
  fetched: reviewSource.shape.fetched,
  excluded: reviewSource.shape.excluded,
})
const itemLine = z
  .strictObject({
    position: z.int().positive(),
    connection: z.string(),
    principal: words,
    key: words,
    project: words,
    name: z.string(),
    holderName: words,
    holderEmail: words,
    projectName: words,
    lastUsedAt: z.int().nullable(),
    flagged: z.boolean(),
    facts: z.looseObject({
      person: z
        .union([
          z.strictObject({ address: z.string() }),
          z.strictObject({ connectionUid: z.string(), externalId: z.string() }),
        ])
        .nullable(),
    }),
  })
  .refine(({ principal, key }) => (principal === null) !== (key === null))
const frozenLine = z.union([
  z.strictObject({ policy: z.looseObject({}) }),
  z.strictObject({ source: sourceLine }),
  z.strictObject({ item: itemLine }),
])

/** Any numbers: only their kind is checked. */
const NUMBERS = { connectionId: 1, principalId: 1, keyId: 1, logicalKeyId: 1, projectId: 1, personId: 1 }

/** Whether it is a line of a review at its place: the policy first, and items by their positions. `next` counts the items. */
function isLine(text: string, at: number, next: () => number): boolean {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return false
  }
  const parsed = frozenLine.safeParse(value)
  if (!parsed.success || 'policy' in parsed.data !== (at === 0)) return false
  if (!('item' in parsed.data)) return true
  const { position, facts } = parsed.data.item
  return position === next() && itemFacts.safeParse(readFacts(JSON.stringify(facts), NUMBERS)).success
}
