import type { Area } from '../../../shared/contract/app.ts'
import { isKind, OPERATIONS } from '../../../shared/operations/operations.ts'
import { listBlobs } from '../../../shared/team/blobs.ts'
import type { Writer } from '../db/handles.ts'
import { createUid } from '../db/uid.ts'
import { ENTRY_COLUMNS, type EntryRow, INSERT_ENTRY, parseOp } from './entry-row.ts'
import { KEY_KINDS, settleKeys } from './keys.ts'
import { isReordered, rebase } from './rebase.ts'

/** The entries `e` of a stream that count, were sealed with a generation of its key, and are not taken back. */
export const IS_SEALED = "e.stream = ? AND e.generation = ? AND e.is_counted = 1 AND e.void_reason IS NOT 'key-lost'"

/** What is stored beside the stream was sealed with the lost key too: the next reading has it again. */
function isPlacedAgain(operation: string | null): boolean {
  return operation !== null && listBlobs(parseOp(operation)).length === 0
}

interface Sealed {
  readonly stream: string
  /** The name under which operations wait for the stream. */
  readonly waitsAs: string
  readonly generation: number
  readonly device: string
}

/**
 * Makes the entries void that were sealed with a generation of a stream's key, and the tables what the journal shows without
 * them. What `device` placed among them waits again with its row of the journal, under a new name. Returns what the window reads again.
 */
export function takeBackEntries(writer: Writer, { stream, waitsAs, generation, device }: Sealed): ReadonlySet<Area> {
  const rows = writer.all<EntryRow & { readonly id: number }>(
    `SELECT e.id, ${ENTRY_COLUMNS}, 1 AS isCounted FROM team_entry e WHERE ${IS_SEALED} ORDER BY e.seq`,
    [stream, generation],
  )
  const ended = new Set<string>()
  for (const { id, ...row } of rows) {
    const isOwn = row.device === device && row.voidReason === null && isPlacedAgain(row.operation)
    // A row of this table is not updated, so that no entry is changed in its place.
    writer.run('DELETE FROM team_entry WHERE id = ?', [id])
    const params = { ...row, member: null, voidReason: 'key-lost', journalSeq: isOwn ? null : row.journalSeq }
    writer.run(INSERT_ENTRY, params)
    if (row.operation === null || row.voidReason !== null) continue
    const op = parseOp(row.operation)
    if (isOwn) {
      writer.run('INSERT INTO team_pending (stream, op, operation, journal_seq) VALUES (?, ?, ?, ?)', [
        waitsAs,
        createUid(op.at),
        row.operation,
        row.journalSeq,
      ])
    }
    ended.add(op.kind)
  }
  const reordered = { waited: new Set<string>(), placed: new Set<string>(), ended }
  rebase(writer, reordered)
  settleKeys(writer, [], isReordered(reordered, KEY_KINDS))
  return new Set([...ended].flatMap((kind) => (isKind(kind) ? OPERATIONS[kind].areas : [])))
}
