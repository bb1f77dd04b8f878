import type { Reader } from '../db/handles.ts'
import { listConnections, type StoredConnection } from '../connections/connection.ts'
import type { Scope } from '../db/scope.ts'

/**
 * The moment of a reading of the register: the end of a sync, an instant in milliseconds, or a sync for each connection
 * (null: it had not been read). Connections that are not named in it are not compared.
 */
export type Moment =
  | { readonly sync: number }
  | { readonly at: number }
  | { readonly syncs: readonly (readonly [connectionId: number, syncId: number | null])[] }

/** The two syncs between which a connection is compared; null where it had not been read by then. */
export interface Span {
  readonly connection: StoredConnection
  readonly from: number | null
  readonly to: number | null
}

/** The last complete or partial sync of each connection by a moment. Sync ids grow in the order of their commits. */
function lastSyncs(reader: Reader, moment: Moment | null): ReadonlyMap<number, number | null> {
  if (moment !== null && 'syncs' in moment) return new Map(moment.syncs)
  const until = moment === null ? 'true' : 'sync' in moment ? 'y.id <= :moment' : 'y.finished_at <= :moment'
  const params = moment === null ? {} : { moment: 'sync' in moment ? moment.sync : moment.at }
  return new Map(
    reader
      .all<{ connectionId: number; id: number | null }>(
        `SELECT cn.id AS connectionId, (SELECT y.id FROM sync y WHERE y.connection_id = cn.id
           AND y.state IN ('complete', 'partial') AND ${until} ORDER BY y.id DESC LIMIT 1) AS id FROM connection cn`,
        params,
      )
      .map((row) => [row.connectionId, row.id]),
  )
}

/** Lists the spans to compare, for each connection in scope. `until` null means now. */
export function listSpans(reader: Reader, scope: Scope, since: Moment, until: Moment | null): readonly Span[] {
  const before = lastSyncs(reader, since)
  const after = lastSyncs(reader, until)
  const isNamed = ({ id }: StoredConnection): boolean =>
    [since, until].every(
      (moment) => moment === null || !('syncs' in moment) || moment.syncs.some(([own]) => own === id),
    )
  return listConnections(reader, scope)
    .filter(isNamed)
    .map((connection) => ({
      connection,
      from: before.get(connection.id) ?? null,
      to: after.get(connection.id) ?? null,
    }))
}

/** A connection and the two syncs that bound a span; the first is 0 where the connection had not been read before. */
export type SpanEnds = readonly [connection: number, s1: number, s2: number]

export function listEnds(spans: readonly Span[]): readonly SpanEnds[] {
  return spans.flatMap(({ connection, from, to }) => (to === null ? [] : [[connection.id, from ?? 0, to] as const]))
}

/** The last sync of the spans of each connection. */
export function findEnds(spans: readonly SpanEnds[]): ReadonlyMap<number, number> {
  const ends = new Map<number, number>()
  for (const [connection, , to] of spans) ends.set(connection, Math.max(to, ends.get(connection) ?? 0))
  return ends
}

/** For the parameter `:spans`. */
export function spansParam(ends: readonly SpanEnds[]): string {
  return JSON.stringify(ends)
}

/**
 * `span` as a common table expression over the parameter `:spans`, and `step`, the syncs in each span: after its first
 * end, up to and including its second. Spans of one connection may touch but not overlap.
 */
export const SPANS = `span (connection_id, s1, s2) AS MATERIALIZED (
    SELECT value ->> 0, value ->> 1, value ->> 2 FROM json_each(:spans)),
  step (connection_id, s1, s2, sync_id) AS MATERIALIZED (
    SELECT span.connection_id, s1, s2, y.id FROM span JOIN sync y ON y.connection_id = span.connection_id AND y.id > s1 AND y.id <= s2)`

/**
 * `touched` (or another name) as a common table expression: what was opened or closed in each span, once, with the last
 * sync that did it. `by` names the columns that identify a fact through all its versions.
 */
export function touchedBy(versions: string, by: readonly string[], name = 'touched'): string {
  const columns = by.map((column) => `v.${column}`).join(', ')
  // Two index searches, since one condition over both ends would read the whole table.
  const end = (at: string): string =>
    `SELECT step.connection_id, s1, s2, sync_id, ${columns} FROM step CROSS JOIN ${versions} v ON v.${at} = step.sync_id`
  return `${name} AS MATERIALIZED (
    SELECT connection_id, s1, s2, max(sync_id) AS sync_id, ${by.join(', ')} FROM (${end('from_sync')} UNION ALL ${end('to_sync')})
    GROUP BY connection_id, s1, s2, ${by.join(', ')})`
}

/** True if a version is current at an end of the span of `t`. */
export const STOOD = (row: string, at: 's1' | 's2'): string =>
  `(${row}.from_sync <= t.${at} AND (${row}.to_sync IS NULL OR ${row}.to_sync > t.${at}))`
