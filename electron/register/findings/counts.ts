import type { FindingMark } from '../../../shared/contract/findings.ts'
import type { Day } from '../../../shared/domain/day.ts'
import type { ListedKind } from '../../../shared/domain/facts.ts'
import { SEVERITIES, type Severity } from '../../../shared/domain/findings/severity.ts'
import type { Reader } from '../db/handles.ts'
import { connectionsInScope, idsParam, type Scope } from '../db/scope.ts'
import { IS_STALE } from './evaluate.ts'
import { FROM, findingsInScope, RANK } from './list.ts'
import { COUNTED } from './quiet.ts'

interface MarkColumns {
  readonly id: number
  readonly count: number
  readonly worst: number
}

/** True if a finding `f` is open and counted, on the day `:today`. */
export const OPEN = `f.resolved_at IS NULL AND ${COUNTED} AND ifnull(f.accepted_until < :today, 1)`

/** Count and worst severity of open findings, by subject id: keys, projects, accounts or people (all their accounts in scope). */
export function findingMarks(
  reader: Reader,
  kind: ListedKind | 'principal',
  ids: readonly number[],
  scope: Scope,
  today: Day,
): ReadonlyMap<number, FindingMark> {
  const inScope = connectionsInScope(scope)
  const params = { ids: idsParam(ids), today, ...inScope.params }
  const subjects =
    kind === 'person'
      ? `json_each(:ids) j JOIN principal o ON o.person_id = j.value
         JOIN finding f INDEXED BY finding_of_subject ON f.subject_kind = 'principal' AND f.subject_id = o.id`
      : `json_each(:ids) j JOIN finding f INDEXED BY finding_of_subject ON f.subject_kind = '${kind}' AND f.subject_id = j.value`
  const rows = reader.all<MarkColumns>(
    `SELECT j.value AS id, count(*) AS count, min(${RANK('f.severity')}) AS worst FROM ${subjects}
     WHERE ${OPEN} AND f.connection_id IN (${inScope.text}) GROUP BY j.value`,
    params,
  )
  return new Map(rows.map((row) => [row.id, { count: row.count, worst: SEVERITIES[row.worst] ?? 'info' }]))
}

/** How many findings of each severity are open, by client: the tally of the evaluation without those that are accepted. */
export function openFindings(
  reader: Reader,
  scope: Scope,
  today: Day,
): ReadonlyMap<string, Readonly<Partial<Record<Severity, number>>>> {
  const inScope = connectionsInScope(scope)
  const rows = reader.all<{ readonly slug: string; readonly severity: Severity; readonly count: number }>(
    `WITH b AS (
       SELECT t.connection_id, t.severity, t.count FROM finding_tally t WHERE t.connection_id IN (${inScope.text})
       UNION ALL
       SELECT f.connection_id, f.severity, -1 FROM finding f INDEXED BY finding_accepted
       WHERE f.resolved_at IS NULL AND f.accepted_until >= :today AND ${COUNTED} AND f.connection_id IN (${inScope.text}))
     SELECT c.slug, b.severity, sum(b.count) AS count FROM b JOIN connection cn ON cn.id = b.connection_id
     JOIN client c ON c.id = cn.client_id GROUP BY c.slug, b.severity HAVING sum(b.count) > 0`,
    { today, ...inScope.params },
  )
  return new Map(
    [...Map.groupBy(rows, (row) => row.slug)].map(([slug, own]) => [
      slug,
      Object.fromEntries(own.map((row) => [row.severity, row.count])),
    ]),
  )
}

export interface TrendPoint {
  readonly day: Day
  readonly counts: Record<Severity, number>
}

/** How many findings of each severity were open at the end of each day (UTC) on which that changed, and at `until`. */
export function findingTrend(reader: Reader, scope: Scope, until: Day): TrendPoint[] {
  const where = findingsInScope(scope)
  const day = (column: string): string => `date(${column} / 1000, 'unixepoch')`
  const steps = reader.all<{ readonly day: Day; readonly severity: Severity; readonly step: number }>(
    `SELECT day, severity, sum(step) AS step FROM (
       SELECT ${day('f.first_seen_at')} AS day, f.severity, count(*) AS step FROM ${FROM} WHERE ${where.text} AND ${COUNTED} GROUP BY 1, 2
       UNION ALL
       SELECT ${day('f.resolved_at')}, f.severity, -count(*) FROM ${FROM}
       WHERE ${where.text} AND ${COUNTED} AND f.resolved_at IS NOT NULL GROUP BY 1, 2)
     GROUP BY day, severity ORDER BY day`,
    where.params,
  )
  const standing: Record<Severity, number> = { critical: 0, high: 0, medium: 0, low: 0, info: 0 }
  const points: TrendPoint[] = []
  for (const [on, changed] of Map.groupBy(steps, (step) => step.day)) {
    for (const { severity, step } of changed) standing[severity] += step
    points.push({ day: on, counts: { ...standing } })
  }
  const last = points.at(-1)
  if (last !== undefined && last.day < until) points.push({ day: until, counts: last.counts })
  return points
}

/** The oldest day on which a connection in scope was evaluated, and whether all are as of today. */
export function readEvaluation(
  reader: Reader,
  scope: Scope,
  today: Day,
): { readonly day: Day | null; readonly isCurrent: boolean } {
  const inScope = connectionsInScope(scope)
  const row = reader.get<{ readonly day: Day | null; readonly stale: number }>(
    `SELECT min(e.day) AS day, count(*) FILTER (WHERE ${IS_STALE}) AS stale
     FROM (${inScope.text}) s LEFT JOIN finding_evaluation e ON e.connection_id = s.id`,
    { today, ...inScope.params },
  )
  return { day: row?.day ?? null, isCurrent: (row?.stale ?? 0) === 0 }
}
