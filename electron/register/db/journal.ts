import { createHash, hash } from 'node:crypto'

import Sqlite from 'better-sqlite3'

import { capitalize } from '../../../shared/domain/capitalize.ts'
import { canonicalJson, type Json } from '../../../shared/domain/canonical-json.ts'
import { MOST_PROBLEMS } from '../../../shared/domain/file-limits.ts'
import type { OperationPlace } from '../../../shared/domain/placed.ts'
import type { Reader, Writer } from './handles.ts'
import { RegisterRefused } from './migrate.ts'
import { stableNames } from './stable-names.ts'

/** The previous hash of the journal's first row. */
export const GENESIS = '0'.repeat(64)

export interface JournalEntry {
  readonly at: number
  readonly operator: string
  /** A dotted word such as `key.rotated`, `credential.set`, `register.exported`. */
  readonly action: string
  /** Slug of the client it concerns, or null for the whole agency. */
  readonly client: string | null
  /** The subject, by a name that is still readable after it is removed, not by an id alone. */
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

/** Where a row counts in the history of a team, for what depends on what its author had seen. */
export interface RowPlace {
  /** The uid of the author. */
  readonly member: string
  /** The position in the stream; null while it waits, after all positions. */
  readonly at: number | null
  /** The position that the author had read to. */
  readonly seen: number
}

/** A row of the journal; `place` is left out or null where no team exchanges it. */
export interface CountingRow extends JournalRow {
  readonly place?: RowPlace | null
}

/** The place of a row for a rule that asks what the author had seen; what waits follows all that is placed. */
export function toPlaced({ operator: name, place }: Pick<CountingRow, 'operator' | 'place'>): OperationPlace {
  if (place === undefined || place === null) return { author: { member: null, name }, at: -1, seen: null }
  return { author: { member: place.member, name }, at: place.at ?? Number.POSITIVE_INFINITY, seen: place.seen }
}

/**
 * The text that a row's hash covers after the previous row's hash: its own canonical JSON (RFC 8785). It is built
 * directly, with the members in order, so that a journal of a million rows is verified in seconds.
 */
export function journalLine(row: Omit<JournalRow, 'hash' | 'previous'>): string {
  const { action, at, body, client, operator, seq, subject } = row
  const text = JSON.stringify
  return `{"action":${text(action)},"at":${text(at)},"body":${text(body)},"client":${text(client)},"operator":${text(operator)},"seq":${text(seq)},"subject":${text(subject)}}`
}

/** SHA-256, in hex, over the previous row's hash and the row's own canonical JSON. */
export function journalHash(row: Omit<JournalRow, 'hash'>): string {
  return chainHash(row.previous, journalLine(row))
}

/** The hash of a row by its canonical JSON. */
export function chainHash(previous: string, line: string | Uint8Array): string {
  return typeof line === 'string'
    ? hash('sha256', previous + line, 'hex')
    : createHash('sha256').update(previous).update(line).digest('hex')
}

/** Appends a row, inside the transaction of the change that it records. Returns its sequence number. */
export function journal(writer: Writer, entry: JournalEntry): number {
  return journalAll(writer, [entry])
}

/**
 * Appends rows in order, reading the end of the chain once; their bodies get stable names beside the numbers of rows.
 * Returns the last one's sequence number.
 */
export function journalAll(writer: Writer, entries: Iterable<JournalEntry>): number {
  let last = journalHead(writer)
  const insert = writer.prepare(
    'INSERT INTO journal (seq, at, operator, action, client, subject, body, previous, hash) VALUES (:seq, :at, :operator, :action, :client, :subject, :body, :previous, :hash)',
  )
  const addNames = stableNames(writer)
  for (const entry of entries) {
    // A lone surrogate cannot be stored; if it were hashed as typed, the row would always look changed.
    const row = {
      seq: last.seq + 1,
      at: entry.at,
      operator: entry.operator.toWellFormed(),
      action: entry.action,
      client: entry.client?.toWellFormed() ?? null,
      subject: entry.subject.toWellFormed(),
      body: canonicalJson(addNames(entry.action, entry.body)),
      previous: last.hash,
    }
    last = { seq: row.seq, hash: journalHash(row) }
    insert({ ...row, hash: last.hash })
  }
  return last.seq
}

/** Where the chain ends. */
export interface JournalHead {
  readonly seq: number
  readonly hash: string
}

export function journalHead(reader: Reader): JournalHead {
  const last = reader.get<JournalHead>('SELECT seq, hash FROM journal ORDER BY seq DESC LIMIT 1')
  return last ?? { seq: 0, hash: GENESIS }
}

/** A problem in the chain. `row` is the sequence number of the row; null where no row can be named. */
export interface JournalProblem {
  readonly row: number | null
  readonly says: string
}

export interface JournalCheck {
  readonly rows: number
  readonly problems: readonly JournalProblem[]
}

/**
 * Verifies the whole chain and compares its end with the end that was noted at each append (`journal_head`), so that
 * missing last rows are found too. `visit` is called with every row.
 */
export function checkJournal(reader: Reader, visit: (row: JournalRow) => void = () => undefined): JournalCheck {
  const problems: JournalProblem[] = []
  const say = (row: number | null, says: string): void => {
    if (problems.length < MOST_PROBLEMS) problems.push({ row, says })
  }
  let rows = 0
  let last: JournalHead = { seq: 0, hash: GENESIS }
  try {
    for (const row of reader.iterate<JournalRow>('SELECT * FROM journal ORDER BY seq')) {
      rows += 1
      if (row.seq !== last.seq + 1) say(last.seq + 1, missing(last.seq + 1, row.seq - 1))
      if (row.previous !== last.hash) say(row.seq, `Row ${row.seq} of the audit log does not follow the row before it.`)
      if (journalHash(row) !== row.hash)
        say(row.seq, `Row ${row.seq} of the audit log was changed after it was written.`)
      last = row
      visit(row)
    }
    for (const problem of endProblems(last, reader.get<JournalHead>('SELECT seq, hash FROM journal_head'))) {
      say(problem.row, problem.says)
    }
  } catch (error) {
    // A page that does not decrypt ends the walk.
    if (!(error instanceof Sqlite.SqliteError || error instanceof RegisterRefused)) throw error
    say(null, `The audit log cannot be read past row ${last.seq}: ${error.message.replace(/\.$/u, '')}.`)
  }
  return { rows, problems }
}

function missing(first: number, last: number): string {
  if (first > last) return `Row ${last + 1} of the audit log is in the place of row ${first}.`
  return first === last
    ? `Row ${first} of the audit log is missing.`
    : `Rows ${first} to ${last} of the audit log are missing.`
}

/** How the end of the chain differs from the end that was noted. */
function endProblems(last: JournalHead, noted: JournalHead | undefined): readonly JournalProblem[] {
  if (noted === undefined) return [{ row: null, says: 'The note of where the audit log ends is missing.' }]
  if (last.seq < noted.seq) {
    const first = last.seq + 1
    const rows = first === noted.seq ? `row ${first} was` : `rows ${first} to ${noted.seq} were`
    return [{ row: first, says: `${capitalize(rows)} cut off the end of the audit log.` }]
  }
  if (last.seq > noted.seq) {
    return [
      { row: noted.seq + 1, says: `Row ${noted.seq + 1} of the audit log was added after the end that was noted.` },
    ]
  }
  const same = last.hash === noted.hash
  return same
    ? []
    : [{ row: last.seq, says: `Row ${last.seq} of the audit log is not the one that was noted as the last.` }]
}
