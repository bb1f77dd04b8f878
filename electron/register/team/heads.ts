import { createHash, hash } from 'node:crypto'

import type { Reader } from '../db/handles.ts'
import { ENTRY_COLUMNS, type EntryRow } from './entry-row.ts'

/**
 * The heads of a team's streams, computed again with Node's SHA-256 from docs/team-protocol.md: a second computation beside
 * the one that concluded them, and without libsodium, which a register of one person never loads.
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
interface CheckedRow extends EntryRow {
  readonly id: number
  readonly action: string | null
  readonly at: number | null
}

/**
 * Compares the entries that a register holds with the heads of their streams, their operations with the hashes that the
 * heads cover, and their rows of the journal with both.
 */
export function checkStreams(reader: Reader): StreamChecks {
  const problems: Problem[] = []
  let entries = 0
  const root = findRoot(reader)
  for (const { stream, head: end, next } of reader.all<StreamEnd>(
    'SELECT stream, head, next FROM team_stream ORDER BY stream',
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
      if (row.journalSeq !== null && !isInJournal(row))
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

const ROWS = `SELECT e.id, ${ENTRY_COLUMNS}, j.action, j.at FROM team_entry e LEFT JOIN journal j ON j.seq = e.journal_seq
  WHERE e.stream = ? ORDER BY e.seq`

function isInJournal({ operation, action, at }: CheckedRow): boolean {
  if (operation === null) return false
  const op = JSON.parse(operation) as { readonly kind: string; readonly at: number }
  return op.kind === action && op.at === at
}

/** The stream `team`, which begins with the founding of the team, and the head of its first entry. */
function findRoot(reader: Reader): { readonly stream: string; readonly head: Buffer } | null {
  const first = reader.get<EntryRow>(
    `SELECT ${ENTRY_COLUMNS} FROM team_entry e WHERE e.seq = 0 AND e.operation ->> 'kind' = 'team.founded'`,
  )
  if (first === undefined) return null
  return { stream: first.stream, head: nextHead(startHead(first.stream, Buffer.alloc(32)), first) }
}

function startHead(stream: string, root: Uint8Array): Buffer {
  return sha256('castellan stream 1\0', uuid(stream), root)
}

function nextHead(previous: Uint8Array, entry: EntryRow): Buffer {
  const digest = sha256(
    'castellan entry 1\0',
    previous,
    uuid(entry.stream),
    u64(entry.seq),
    uuid(entry.op),
    uuid(entry.device),
    u64(entry.deviceSeq),
    u32(entry.generation),
    u32(entry.opset),
    u64(entry.teamSeq),
    entry.opHash,
    sha256(entry.sealed),
  )
  return sha256('castellan head 1\0', digest, entry.signature)
}

function sha256(...parts: readonly (string | Uint8Array)[]): Buffer {
  const sum = createHash('sha256')
  for (const part of parts) sum.update(part)
  return sum.digest()
}

const uuid = (text: string): Buffer => Buffer.from(text.replaceAll('-', ''), 'hex')

function u32(count: number): Buffer {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32BE(count)
  return bytes
}

function u64(count: number): Buffer {
  const bytes = Buffer.alloc(8)
  bytes.writeBigUInt64BE(BigInt(count))
  return bytes
}
