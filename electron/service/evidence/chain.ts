import { hash } from 'node:crypto'

import type { EvidenceProblem } from '../../../shared/contract/evidence.ts'
import { PACK } from '../../../shared/report/evidence-pack.ts'
import { MOST_PROBLEMS } from '../../../shared/domain/file-limits.ts'
import { GENESIS, type JournalHead, journalLine, type JournalRow } from '../../register/db/journal.ts'
import { looksSecret } from '../../../shared/domain/secrets/find-secrets.ts'

/** Where a slice of the journal begins and ends. */
export interface Slice {
  readonly first: number
  readonly last: { readonly seq: number; readonly hash: string }
}

const HEX = /^[0-9a-f]{64}$/u

/**
 * Follows the chain of hashes through the lines of `journal.jsonl`, one after the other. A row's hash is taken over the
 * exact bytes of the file, so nothing is parsed.
 */
export function chainWalk() {
  const problems: EvidenceProblem[] = []
  let row = 0
  let first: number | null = null
  let last = { seq: 0, hash: '' }
  let scratch = Buffer.allocUnsafe(1 << 16)
  const computeHash = (line: Buffer, end: number): string => {
    const length = 64 + end - LINE.row
    if (scratch.length < length) scratch = Buffer.allocUnsafe(length * 2)
    line.copy(scratch, 0, LINE.previous, LINE.previous + 64)
    line.copy(scratch, 64, LINE.row, end)
    return hash('sha256', scratch.subarray(0, length), 'hex')
  }
  const visit = (bytes: Uint8Array): void => {
    row += 1
    const say = (says: string): void => {
      if (problems.length < MOST_PROBLEMS) problems.push({ file: PACK.journal, row, says })
    }
    const line = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    const read = splitParts(line)
    if (read === null) return say(`Row ${row} is not a row of the audit log.`)
    if (first !== null && read.seq !== last.seq + 1) say(`Row ${row} has the number ${read.seq}, not ${last.seq + 1}.`)
    if (read.previous !== (first === null ? beforeFirst(read) : last.hash))
      say(`Row ${row} does not follow the row before it.`)
    if (read.end !== null && computeHash(line, read.end) !== read.hash)
      say(`Row ${row} is not what its hash was taken over.`)
    first ??= read.seq
    last = { seq: read.seq, hash: read.hash }
  }
  return {
    visit,
    result: (): { readonly slice: Slice; readonly problems: readonly EvidenceProblem[]; readonly rows: number } => ({
      slice: { first: first ?? 0, last },
      problems,
      rows: row,
    }),
  }
}

/** The first row of a slice follows one that is not in it, unless it is the first of all. */
function beforeFirst({ seq, previous }: Parts): string {
  return seq === 1 ? GENESIS : previous
}

interface Parts {
  readonly hash: string
  readonly previous: string
  readonly seq: number
  /** Where the row's JSON ends; null for a sealed row. */
  readonly end: number | null
}

const SEQ = Buffer.from(',"seq":')

function splitParts(line: Buffer): Parts | null {
  const end = line.length - 2
  if (line.at(-1) !== LINE_FEED || line.at(-2) !== BRACE || end < LINE.row) return null
  const head = line.toString('latin1', 0, LINE.row)
  if (!head.startsWith('{"hash":"') || head.slice(73, LINE.previous) !== '","previous":"') return null
  const [hashText, previous, mark] = [
    head.slice(LINE.hash, 73),
    head.slice(LINE.previous, LINE.rest),
    head.slice(LINE.rest),
  ]
  if (mark === SEALED) {
    const seq = wholeNumber(line.toString('latin1', LINE.row, end))
    // Nothing is available to check these hashes against.
    return seq === null || !HEX.test(hashText) || !HEX.test(previous)
      ? null
      : { hash: hashText, previous, seq, end: null }
  }
  if (mark !== OPEN) return null
  // Inside a text of the row every quote is escaped, so the last match is the member itself: only the subject follows.
  const at = line.lastIndexOf(SEQ)
  const seq = at < LINE.row ? null : numberAt(line, at + SEQ.length)
  return seq === null ? null : { hash: hashText, previous, seq, end }
}

const LINE_FEED = 10
const BRACE = 125

/** Reads the digits from a position on. */
function numberAt(line: Buffer, from: number): number | null {
  let value = 0
  let at = from
  for (; at < from + 16; at += 1) {
    const digit = (line[at] ?? 0) - 48
    if (digit < 0 || digit > 9) break
    value = value * 10 + digit
  }
  return at === from || value === 0 ? null : value
}

function wholeNumber(text: string): number | null {
  return /^[1-9]\d{0,15}$/u.test(text) ? Number(text) : null
}

/** Where the parts of a line of `journal.jsonl` are; all hashes have 64 characters. */
export const LINE = { hash: 9, previous: 87, rest: 151, row: 159 } as const

/** Separates the previous row's hash from the row, or from the number of a sealed one. */
export const OPEN = '","row":'
export const SEALED = '","seq":'

/**
 * A row of the journal as a line of `journal.jsonl`. A row that is not the client's own, or that holds what looks like
 * a secret, is sealed: only its number and its hashes are shown.
 */
function packedLine(row: JournalRow, client: string): string {
  const head = `{"hash":"${row.hash}","previous":"${row.previous}`
  const own = row.client === client ? journalLine(row) : null
  return own === null || looksSecret(own) ? `${head}${SEALED}${row.seq}}` : `${head}${OPEN}${own}}`
}

/** The lines of a slice; `end` receives where it ended. */
export function* packedLines(
  rows: Iterable<JournalRow>,
  client: string,
  end: (slice: { readonly first: number; readonly last: JournalHead; readonly rows: number }) => void,
): Generator<string> {
  let first: number | null = null
  let last: JournalHead | null = null
  let count = 0
  for (const row of rows) {
    yield packedLine(row, client)
    first ??= row.seq
    last = { seq: row.seq, hash: row.hash }
    count += 1
  }
  if (first !== null && last !== null) end({ first, last, rows: count })
}
