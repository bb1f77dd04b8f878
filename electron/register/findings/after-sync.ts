import type { Day } from '../../../shared/domain/day.ts'
import type { Writer } from '../db/handles.ts'
import { type EvaluatedAt, evaluateFindings } from './evaluate.ts'

const VERSIONS = [
  'project_version',
  'principal_version',
  'membership',
  'grant',
  'key_version',
  'limit_version',
  'federation_version',
  'certificate_version',
] as const

/** The rows that a sync opened or closed. */
const TOUCHED = VERSIONS.flatMap((table) => [
  `SELECT 1 FROM ${table} WHERE from_sync = :sync`,
  `SELECT 1 FROM ${table} WHERE to_sync = :sync`,
]).join(' UNION ALL ')

/** The previous sync that was not cancelled or refused. */
const BEFORE = `(SELECT max(y.id) FROM sync y WHERE y.connection_id = :connection AND y.id < :sync AND y.state IN ('complete', 'partial'))`

/** Lists whose state in this sync differs from the previous sync, or that the previous sync did not request. */
const READ_OTHERWISE = `SELECT 1 FROM sync_source s WHERE s.sync_id = :sync AND NOT EXISTS (
  SELECT 1 FROM sync_source o WHERE o.sync_id = ${BEFORE} AND o.source = s.source AND o.project = s.project AND o.state = s.state)`

/** An evaluation of this day that no later decision made stale and that included every sync. */
const EVALUATED = `SELECT 1 FROM finding_evaluation e WHERE e.connection_id = :connection AND e.day = :today AND e.stale = 0
  AND NOT EXISTS (SELECT 1 FROM finding f
    WHERE f.connection_id = :connection AND f.rule = 'sync-stale' AND f.resolved_at IS NULL)`

/**
 * Evaluates only the connection that a sync read, and marks the other connections under the same plan for evaluation. A
 * sync that brought nothing new on a day that was already evaluated leaves the findings as they are: they depend on
 * facts, decisions and the day, and none of these changed.
 */
export function evaluateAfterSync(
  writer: Writer,
  connectionId: number,
  at: Required<EvaluatedAt>,
  usedSince: boolean,
): void {
  if (!usedSince && bringsNothing(writer, connectionId, at.syncId, at.today)) return
  evaluateFindings(writer, [connectionId], at)
  writer.run(SIBLINGS_STALE, { connection: connectionId })
}

/** An active plan covers all connections of its client: a person in one of them need not be in another. */
const SIBLINGS_STALE = `UPDATE finding_evaluation SET stale = 1 WHERE connection_id IN (
  SELECT n.id FROM connection c JOIN plan p ON p.client_id = c.client_id AND p.in_force = 1
  JOIN connection n ON n.client_id = c.client_id AND n.id <> c.id WHERE c.id = :connection)`

function bringsNothing(writer: Writer, connection: number, sync: number, today: Day): boolean {
  const is = (sql: string, params: Readonly<Record<string, number | string>>): boolean =>
    writer.value(`${sql} LIMIT 1`, params) !== undefined
  return is(EVALUATED, { connection, today }) && !is(TOUCHED, { sync }) && !is(READ_OTHERWISE, { connection, sync })
}
