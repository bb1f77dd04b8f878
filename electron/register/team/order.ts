import type { Reader } from '../db/handles.ts'
import type { JournalRow } from '../db/journal.ts'

/**
 * The rows of the journal in the order in which they count. The journal itself has the order in which this register came to
 * know them. Rows that no team exchanges count first, as they follow each other; then those that are placed in
 * a stream, by their positions; then what waits, in the order of the decisions. What is placed without effect does not count.
 */
export function readCountingOrder(
  reader: Reader,
  actions: readonly string[] | null = null,
): IterableIterator<JournalRow> {
  return reader.iterate<JournalRow>(
    `SELECT j.* FROM journal j LEFT JOIN team_entry e ON e.journal_seq = j.seq LEFT JOIN team_pending p ON p.journal_seq = j.seq
     WHERE e.void_reason IS NULL AND (:actions IS NULL OR j.action IN (SELECT value FROM json_each(:actions)))
     ORDER BY CASE WHEN e.id IS NOT NULL THEN 1 WHEN p.id IS NOT NULL THEN 2 ELSE 0 END, e.stream, e.seq, p.id, j.seq`,
    { actions: actions === null ? null : JSON.stringify(actions) },
  )
}

/** Whether some rows of the journal count in another order than they follow each other. */
export function hasOtherOrder(reader: Reader): boolean {
  return reader.value('SELECT 1 FROM team_stream LIMIT 1') !== undefined
}
