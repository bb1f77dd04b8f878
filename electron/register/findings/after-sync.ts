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
] as const

/** What a sync opened or closed. */
const TOUCHED = VERSIONS.flatMap((table) => [
  `SELECT 1 FROM ${table} WHERE from_sync = :sync`,
  `SELECT 1 FROM ${table} WHERE to_sync = :sync`,
]).join(' UNION ALL ')

/** The sync before, of those that concluded anything. */
const BEFORE = `(SELECT max(y.id) FROM sync y WHERE y.connection_id = :connection AND y.id < :sync AND y.state IN ('complete', 'partial'))`

/** Lists that this sync read to another end than the one before, or that the one before did not ask for. */
const READ_OTHERWISE = `SELECT 1 FROM sync_source s WHERE s.sync_id = :sync AND NOT EXISTS (
  SELECT 1 FROM sync_source o WHERE o.sync_id = ${BEFORE} AND o.source = s.source AND o.project = s.project AND o.state = s.state)`

/** An evaluation of this day that nobody's decision made stale, and that did not miss syncs. */
const EVALUATED = `SELECT 1 FROM finding_evaluation e WHERE e.connection_id = :connection AND e.day = :today AND e.stale = 0
  AND NOT EXISTS (SELECT 1 FROM finding f
    WHERE f.connection_id = :connection AND f.rule = 'sync-stale' AND f.resolved_at IS NULL)`

/**
 * Evaluates the connection that a sync read, and no other; those beside it under one plan are to be evaluated anew. A sync that brought nothing new to what was evaluated this day
 * leaves the findings as they are: they follow from facts, decisions and the day, and none of them changed.
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

/** A plan in force speaks of all connections of its client: who is in one of them need not be in another. */
const SIBLINGS_STALE = `UPDATE finding_evaluation SET stale = 1 WHERE connection_id IN (
  SELECT n.id FROM connection c JOIN plan p ON p.client_id = c.client_id AND p.in_force = 1
  JOIN connection n ON n.client_id = c.client_id AND n.id <> c.id WHERE c.id = :connection)`

function bringsNothing(writer: Writer, connection: number, sync: number, today: Day): boolean {
  const is = (sql: string, params: Readonly<Record<string, number | string>>): boolean =>
    writer.value(`${sql} LIMIT 1`, params) !== undefined
  return is(EVALUATED, { connection, today }) && !is(TOUCHED, { sync }) && !is(READ_OTHERWISE, { connection, sync })
}
