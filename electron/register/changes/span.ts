import type { Reader } from '../handles.ts'
import { listConnections, type StoredConnection } from '../connection.ts'
import type { Scope } from '../scope.ts'

/** A moment by which the register is asked: the end of a sync, or an instant in milliseconds. */
export type Moment = { readonly sync: number } | { readonly at: number }

/** Between which two syncs a connection is compared; null where it had not been read by then. */
export interface Span {
  readonly connection: StoredConnection
  readonly from: number | null
  readonly to: number | null
}

/** The last sync of each connection that concluded anything by a moment. Sync ids grow in the order of their commits. */
function lastSyncs(reader: Reader, moment: Moment | null): ReadonlyMap<number, number> {
  const until = moment === null ? 'true' : 'sync' in moment ? 'id <= :moment' : 'finished_at <= :moment'
  const params = moment === null ? {} : { moment: 'sync' in moment ? moment.sync : moment.at }
  return new Map(
    reader
      .all<{ connection_id: number; id: number }>(
        `SELECT connection_id, max(id) AS id FROM sync WHERE state IN ('complete', 'partial') AND ${until} GROUP BY connection_id`,
        params,
      )
      .map((row) => [row.connection_id, row.id]),
  )
}

/** What to compare, for each connection in scope. `until` null means now. */
export function spansOf(reader: Reader, scope: Scope, since: Moment, until: Moment | null): readonly Span[] {
  const before = lastSyncs(reader, since)
  const after = lastSyncs(reader, until)
  return listConnections(reader, scope).map((connection) => ({
    connection,
    from: before.get(connection.id) ?? null,
    to: after.get(connection.id) ?? null,
  }))
}

/**
 * `span` as a common table expression over the parameter `:spans`, and `step`, the syncs that lie in each span. A connection
 * that was never read before the span has `s1` 0: all that stands at its end is new.
 */
export const SPANS = `span (connection_id, s1, s2) AS (
    SELECT value ->> 0, value ->> 1, value ->> 2 FROM json_each(:spans)),
  step (connection_id, s1, s2, sync_id) AS (
    SELECT span.connection_id, s1, s2, y.id FROM span JOIN sync y ON y.connection_id = span.connection_id AND y.id > s1 AND y.id <= s2)`

export function spansParam(spans: readonly Span[]): string {
  return JSON.stringify(
    spans.flatMap(({ connection, from, to }) => (to === null ? [] : [[connection.id, from ?? 0, to]])),
  )
}

/** Whether a version stands at the two ends of its span. */
export const STOOD = (row: string, at: 's1' | 's2', span: string): string =>
  `(${row}.from_sync <= ${span}.${at} AND (${row}.to_sync IS NULL OR ${row}.to_sync > ${span}.${at}))`
