import type { HeldEntry } from '../../../shared/team/store.ts'
import type { Reader } from '../db/handles.ts'
import { ENTRY_COLUMNS, type EntryRow, toHeld } from './entry-row.ts'

/** The entries of a stream from a position on, in order, as a register holds them. */
export function readLog(reader: Reader, stream: string, from: number): readonly HeldEntry[] {
  return reader
    .all<EntryRow>(`SELECT ${ENTRY_COLUMNS} FROM team_entry e WHERE e.stream = ? AND e.seq >= ? ORDER BY e.seq`, [
      stream,
      from,
    ])
    .map(toHeld)
}

/** The position of the entry that opened a review of a client; null where none did. */
export function findOpening(reader: Reader, client: string, reviewUid: string): number | null {
  return reader.value<number>(OPENING, [client, reviewUid]) ?? null
}

const OPENING = `SELECT e.seq FROM team_entry e INDEXED BY team_entry_kind WHERE e.stream = ? AND e.void_reason IS NULL
  AND e.operation ->> 'kind' = 'review.opened' AND e.operation ->> '$.body.reviewUid' = ?`
