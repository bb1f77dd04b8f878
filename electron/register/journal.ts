import { createHash } from 'node:crypto'

import Sqlite from 'better-sqlite3'

import { canonicalJson, type Json } from '../../shared/domain/canonical-json.ts'
import type { Reader, Writer } from './handles.ts'

/** What the first row of the journal follows. */
export const GENESIS = '0'.repeat(64)

export interface JournalEntry {
  readonly at: number
  readonly operator: string
  /** A dotted word such as `key.rotated`, `credential.set`, `register.exported`. */
  readonly action: string
  /** Slug of the client it concerns, or null for the whole agency. */
  readonly client: string | null
  /** What it concerns, in words that survive the thing: a name, not an id alone. */
  readonly subject: string
  /** Never a secret. */
  readonly body: { readonly [key: string]: Json | undefined }
}

export interface JournalRow {
  readonly seq: number
  readonly at: number
  readonly operator: string
  readonly action: string
  readonly client: string | null
  readonly subject: string
  readonly body: string
  readonly previous: string
  readonly hash: string
}

/** SHA-256, in hex, over the previous row's hash and the row's own canonical JSON. */
export function journalHash(row: Omit<JournalRow, 'hash'>): string {
  const own = canonicalJson({
    seq: row.seq,
    at: row.at,
    operator: row.operator,
    action: row.action,
    client: row.client,
    subject: row.subject,
    body: row.body,
  })
  return createHash('sha256').update(row.previous).update(own).digest('hex')
}

/** Appends a row, inside the transaction of what it tells. Returns its sequence number. */
export function journal(writer: Writer, entry: JournalEntry): number {
  const last = writer.get<{ seq: number; hash: string }>('SELECT seq, hash FROM journal ORDER BY seq DESC LIMIT 1')
  // Half a character cannot be stored as it is; hashed as it was typed, the row would look changed for ever.
  const row = {
    seq: (last?.seq ?? 0) + 1,
    at: entry.at,
    operator: entry.operator.toWellFormed(),
    action: entry.action,
    client: entry.client?.toWellFormed() ?? null,
    subject: entry.subject.toWellFormed(),
    body: canonicalJson(entry.body),
    previous: last?.hash ?? GENESIS,
  }
  writer.run(
    'INSERT INTO journal (seq, at, operator, action, client, subject, body, previous, hash) VALUES (:seq, :at, :operator, :action, :client, :subject, :body, :previous, :hash)',
    { ...row, hash: journalHash(row) },
  )
  return row.seq
}

export interface JournalCheck {
  readonly rows: number
  readonly problems: readonly string[]
}

/** Walks the whole chain; each problem names the row. A tail that was cut off cannot be seen from inside. */
export function checkJournal(reader: Reader): JournalCheck {
  const problems: string[] = []
  let rows = 0
  try {
    let previous = GENESIS
    for (const row of reader.iterate<JournalRow>('SELECT * FROM journal ORDER BY seq')) {
      rows += 1
      if (row.seq !== rows) problems.push(`Journal row ${rows} is missing; row ${row.seq} stands in its place.`)
      if (row.previous !== previous) problems.push(`Journal row ${row.seq} does not follow the row before it.`)
      if (journalHash(row) !== row.hash) problems.push(`Journal row ${row.seq} was changed after it was written.`)
      previous = row.hash
      if (problems.length > 100 || row.seq !== rows) break
    }
  } catch (error) {
    // A page that does not decrypt ends the walk.
    if (!(error instanceof Sqlite.SqliteError)) throw error
    problems.push(`The journal cannot be read past row ${rows}: ${error.message}.`)
  }
  return { rows, problems }
}
