import type { HeldEntry } from '../../../shared/team/store.ts'
import type { Reader } from '../db/handles.ts'
import { ENTRY_COLUMNS, type EntryRow, toHeld } from './entry-row.ts'
import { FACTS, toBase, toStream } from './streams.ts'

/**
 * How many operations wait, by stream; what waits for a client that the team has not opened counts under the client's uid. `agency`: the
 * uid of the agency's stream.
 */
export function countWaiting(reader: Reader, agency: string): ReadonlyMap<string, number> {
  const rows = reader.all<{ readonly stream: string; readonly waiting: number }>(
    'SELECT stream, count(*) AS waiting FROM team_pending GROUP BY stream ORDER BY stream',
  )
  const counts = new Map<string, number>()
  for (const { stream: name, waiting } of rows) {
    const stream = toStream(reader, agency, name) ?? name.slice(FACTS.length)
    counts.set(stream, (counts.get(stream) ?? 0) + waiting)
  }
  return counts
}

/** An index has these rows in their order; a fence decides nothing on purpose. */
const VOID = "e.void_reason IS NOT NULL AND e.void_reason <> 'fence'"
/** What a server changed is not the device's, whatever name it has. */
const OF_DEVICE = "e.device = :device AND e.void_reason NOT IN ('not-signed', 'unknown-author')"

/** The entries without effect, newest first: those of one device, those of all others, and readings that this register did not apply. */
export const LIST_VOID = {
  own: `SELECT e.id, ${ENTRY_COLUMNS} FROM team_entry e WHERE ${VOID} AND (${OF_DEVICE}) ORDER BY e.id DESC LIMIT :most`,
  other: `SELECT e.id, ${ENTRY_COLUMNS} FROM team_entry e WHERE ${VOID} AND NOT (${OF_DEVICE}) ORDER BY e.id DESC LIMIT :most`,
} as const

/** Of the newest readings. */
export const LIST_READINGS = `SELECT e.id, ${ENTRY_COLUMNS} FROM (
    SELECT * FROM team_entry WHERE void_reason IS NULL AND operation ->> 'kind' = 'reading.taken' ORDER BY id DESC LIMIT 500) e
  WHERE NOT EXISTS (SELECT 1 FROM sync s WHERE s.uid = e.operation ->> '$.body.syncUid') ORDER BY e.id DESC LIMIT :most`

/** Whether what was left with another history is placed again, or waits to be. */
function isThereAgain(reader: Reader, { op, stream, voidReason }: Numbered): boolean {
  return voidReason === 'other-history' && reader.value(AGAIN, { op, stream: toBase(stream) }) !== undefined
}

const AGAIN = `SELECT 1 FROM team_entry WHERE stream = :stream AND op = :op AND is_counted = 1
  UNION ALL SELECT 1 FROM team_pending WHERE op = :op LIMIT 1`

type Numbered = EntryRow & { readonly id: number }
/** An entry with what the server's word shows about its time. */
export type ListedRow = HeldEntry & Pick<EntryRow, 'placedAt' | 'clockMs'>
type VoidRow = ListedRow & { readonly own: boolean }

/** Entries without effect, at most `most`: those that `device` placed first, each part with what was read last first. */
export function listVoidEntries(reader: Reader, device: string, most: number): readonly VoidRow[] {
  const readings = reader.all<Numbered>(LIST_READINGS, { most })
  const list = (sql: string, own: boolean): readonly VoidRow[] =>
    [
      ...reader.all<Numbered>(sql, { device, most }).filter((row) => !isThereAgain(reader, row)),
      ...readings.filter((row) => (row.device === device) === own),
    ]
      .toSorted((a, b) => b.id - a.id)
      .map((row) => ({ ...toListed(row), own }))
  return [...list(LIST_VOID.own, true), ...list(LIST_VOID.other, false)].slice(0, most)
}

function toListed(row: EntryRow): ListedRow {
  const { placedAt, clockMs } = row
  return { ...toHeld(row), placedAt, clockMs }
}

/** The entries that were decided by a clock that was wrong, the last read first. */
export const LIST_CLOCKS = `SELECT e.id, ${ENTRY_COLUMNS} FROM team_entry e WHERE e.clock_ms IS NOT NULL ORDER BY e.id DESC LIMIT :most`

/** Entries whose author's clock is known to have been wrong, at most `most`, with what was read last first. */
export function listClockEntries(reader: Reader, most: number): readonly ListedRow[] {
  return reader.all<Numbered>(LIST_CLOCKS, { most }).map(toListed)
}
