import { looksSecret } from '../../../shared/domain/text/secret-look.ts'
import { type JournalHead, journalLine, type JournalRow } from '../../register/db/journal.ts'

/** Where the parts of a line of `journal.jsonl` lie; all hashes have 64 characters. */
export const LINE = { hash: 9, previous: 87, rest: 151, row: 159 } as const

/** Stands between the previous row's hash and the row, or the number of a sealed one. */
export const OPEN = '","row":'
export const SEALED = '","seq":'

/**
 * A row of the journal as a line of `journal.jsonl`. A row that is not the client's own, or that holds what looks like a
 * secret, is sealed: its number and its hashes alone.
 */
export function packedLine(row: JournalRow, client: string): string {
  const head = `{"hash":"${row.hash}","previous":"${row.previous}`
  const own = row.client === client ? journalLine(row) : null
  return own === null || looksSecret(own) ? `${head}${SEALED}${row.seq}}` : `${head}${OPEN}${own}}`
}

/** The lines of a slice; `end` is told where it ended. */
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
