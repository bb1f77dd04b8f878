import { hash } from 'node:crypto'

import type { Reader } from '../db/handles.ts'
import { ENTRY_COLUMNS, type EntryRow } from './entry-row.ts'
import { digestEntry, headAfter, sha256, startHead } from './hash-entry.ts'
import { createRowCheck, type JournaledEntry } from './journal-rows.ts'
import { IS_STREAM } from './streams.ts'

/**
 * The heads of a team's streams, computed again: see `hash-entry.ts`.
 */

interface Problem {
  readonly table: 'team_stream' | 'team_entry'
  readonly row: number
  readonly says: string
}

export interface StreamChecks {
  readonly entries: number
  readonly problems: readonly Problem[]
}

interface StreamEnd {
  readonly stream: string
  readonly head: Uint8Array
  readonly next: number
}

/** Entries with their row in the journal, as far as they have one. */
interface CheckedRow extends EntryRow, JournaledEntry {
  readonly id: number
  readonly operation: string | null
  readonly device: string
  readonly member: string | null
}

/**
 * Compares the entries that a register holds with the heads of their streams, their operations with the hashes that the
 * heads cover, and their rows of the journal with both.
 */
export function checkStreams(reader: Reader): StreamChecks {
  const problems: Problem[] = []
  let entries = 0
  const root = findRoot(reader)
  const isAlike = createRowCheck(reader)
  for (const { stream, head: end, next } of reader.all<StreamEnd>(
    `SELECT stream, head, next FROM team_stream WHERE ${IS_STREAM} ORDER BY stream`,
  )) {
    let head = startHead(stream, root?.stream === stream ? Buffer.alloc(32) : (root?.head ?? Buffer.alloc(32)))
    let at = 0
    for (const row of reader.iterate<CheckedRow>(ROWS, [stream])) {
      const where = `Entry ${row.seq} of the stream ${stream}`
      const say = (says: string): void => void problems.push({ table: 'team_entry', row: row.id, says })
      if (row.seq !== at) say(`${where} follows position ${at - 1}: entries between them are missing.`)
      if (row.operation !== null && hash('sha256', row.operation, 'hex') !== Buffer.from(row.opHash).toString('hex')) {
        say(`${where} has another operation than the one that was signed.`)
      }
      if (row.journalSeq !== null && !isAlike(row))
        say(`${where} differs from its row ${row.journalSeq} of the audit log.`)
      head = nextHead(head, row)
      at = row.seq + 1
      entries += 1
    }
    if (at !== next || !head.equals(end)) {
      problems.push({
        table: 'team_stream',
        row: 0,
        says: `The entries of the stream ${stream} are not those that this register read: one was changed, added or removed.`,
      })
    }
  }
  return { entries, problems }
}

const ROWS = `SELECT e.id, ${ENTRY_COLUMNS}, j.action, j.at, j.operator, j.subject, j.body
  FROM team_entry e LEFT JOIN journal j ON j.seq = e.journal_seq
  WHERE e.stream = ? ORDER BY e.seq`

/** The head of a stream after an entry, in hex; null where the register does not hold it. */
export function findHead(reader: Reader, stream: string, seq: number): string | null {
  const root = findRoot(reader)
  let head = startHead(stream, root?.stream === stream ? Buffer.alloc(32) : (root?.head ?? Buffer.alloc(32)))
  let at = -1
  for (const row of reader.iterate<CheckedRow>(ROWS, [stream])) {
    head = nextHead(head, row)
    at = row.seq
    if (at === seq) break
  }
  return at === seq ? head.toString('hex') : null
}

/** The stream `team`, which begins with the founding of the team, and the head of its first entry. */
function findRoot(reader: Reader): { readonly stream: string; readonly head: Buffer } | null {
  const first = reader.get<EntryRow>(
    `SELECT ${ENTRY_COLUMNS} FROM team_stream s CROSS JOIN team_entry e ON e.stream = s.stream AND e.seq = 0
     WHERE e.operation ->> 'kind' = 'team.founded'`,
  )
  if (first === undefined) return null
  return { stream: first.stream, head: nextHead(startHead(first.stream, Buffer.alloc(32)), first) }
}

function nextHead(previous: Uint8Array, entry: EntryRow): Buffer {
  return headAfter(digestEntry(previous, { ...entry, sealedHash: sha256(entry.sealed) }), entry.signature)
}
