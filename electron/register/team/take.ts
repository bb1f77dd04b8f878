import type { Membership } from '../../../shared/team/membership.ts'
import type { TakenEntry } from '../../../shared/team/store.ts'
import type { Writer } from '../db/handles.ts'
import { INSERT_ENTRY, toParams } from './entry-row.ts'

interface PendingRow {
  readonly operation: string
  readonly journalSeq: number | null
}

/** Stores entries with their verdicts, in the transaction that moves the place of their stream behind them. */
export function takeEntries(writer: Writer, taken: readonly TakenEntry[], _membership: Membership): void {
  for (const entry of taken) {
    const decided = entry.isOwn ? removePending(writer, entry.entry.op) : null
    writer.run(INSERT_ENTRY, toParams(entry, decided?.operation ?? null, decided?.journalSeq ?? null))
  }
}

/** What was decided here and is placed now; null when it is not known here, as in a register that was restored from a backup. */
function removePending(writer: Writer, op: string): PendingRow | null {
  const pending = writer.get<PendingRow>('SELECT operation, journal_seq AS journalSeq FROM team_pending WHERE op = ?', [
    op,
  ])
  if (pending === undefined) return null
  writer.run('DELETE FROM team_pending WHERE op = ?', [op])
  return pending
}
