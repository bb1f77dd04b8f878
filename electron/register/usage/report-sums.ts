import type { UsageMeasures } from '../../../shared/domain/usage/measures.ts'
import { type Cost, inWholeMicros } from '../../../shared/domain/usage/cost.ts'
import { USAGE_ROLLUPS } from '../../../shared/domain/usage/rollups.ts'
import type { ReadDays } from '../../../shared/domain/usage/read-days.ts'
import type { UsageSource } from '../../../shared/domain/usage/source.ts'
import type { Reader } from '../db/handles.ts'
import { READ_SPANS } from './reports.ts'

const [BY_PROJECT, BY_KEY, , , BY_FEATURE, BY_PROJECT_MODEL] = USAGE_ROLLUPS

export interface ReportSpan {
  readonly clientId: number
  readonly source: UsageSource
  /** Days; `to` is exclusive. */
  readonly from: number
  readonly to: number
}

export interface ReportSum extends UsageMeasures {
  /** 0: the client's internal records. */
  readonly connection: number
  /** Numbers of words: a project, key or feature, and in `b` a model. */
  readonly a: number
  readonly b: number
}

/**
 * The owners of usage by source, with the days that were read: internal records, or the client's organizations, including removed ones
 * for past months. A sum is of these days only: of other days a part may be there.
 */
const OWNERS: Readonly<Record<UsageSource, string>> = {
  billed: `SELECT cn.id, r.low, r.high FROM connection cn JOIN (${READ_SPANS}) r ON r.connection_id = cn.id
    WHERE cn.client_id = :client`,
  claimed: 'SELECT 0 AS id, -1000000 AS low, 1000000 AS high',
}

/** The cells of an owner on the days of a span that were read. */
const READ_CELLS = `u.face = :face AND u.client_id = :client AND u.connection_id = o.id
  AND u.period >= max(:from, o.low) AND u.period < min(:to, o.high)`

const SUMS = `sum(u.requests) AS requests, sum(u.input) AS input, sum(u.cached) AS cached, sum(u.cache_write) AS cacheWrite,
  sum(u.output) AS output, sum(u.cost) AS cost, sum(u.cost_nano) AS costNano, sum(u.estimate) AS estimate`

function sums(
  reader: Reader,
  face: number,
  b: string,
  { clientId, source, from, to }: ReportSpan,
): readonly ReportSum[] {
  const rows = reader.all<ReportSum & Cost>(
    `SELECT o.id AS connection, u.a, ${b} AS b, ${SUMS} FROM (${OWNERS[source]}) o
     CROSS JOIN usage_cell u ON ${READ_CELLS}
     GROUP BY o.id, u.a${b === '0' ? '' : `, ${b}`} ORDER BY sum(u.cost) + sum(u.cost_nano) / 1000.0 DESC, estimate DESC, u.a`,
    { face, client: clientId, from, to },
  )
  return inWholeMicros(rows)
}

/** Sums of a span, most expensive first: tokens, requests, and money in micro-USD. */
export function sumsByProject(reader: Reader, span: ReportSpan): readonly ReportSum[] {
  return sums(reader, BY_PROJECT.code, '0', span)
}

/** Sums by project (`a`) and model (`b`). */
export function sumsByProjectAndModel(reader: Reader, span: ReportSpan): readonly ReportSum[] {
  return sums(reader, BY_PROJECT_MODEL.code, 'u.b', span)
}

export function sumsByKey(reader: Reader, span: ReportSpan): readonly ReportSum[] {
  return sums(reader, BY_KEY.code, '0', span)
}

/** Sums by feature, which only internal records have. */
export function sumsByFeature(reader: Reader, span: ReportSpan): readonly ReportSum[] {
  return sums(reader, BY_FEATURE.code, '0', span)
}

export interface DayCost {
  readonly connection: number
  readonly project: number
  readonly day: number
  /** Micro-USD. */
  readonly cost: number
}

/** Daily cost, by project. */
export function costByDay(reader: Reader, { clientId, source, from, to }: ReportSpan): readonly DayCost[] {
  const rows = reader.all<DayCost & Cost>(
    `SELECT o.id AS connection, u.a AS project, u.period AS day, u.cost, u.cost_nano AS costNano FROM (${OWNERS[source]}) o
     CROSS JOIN usage_cell u ON ${READ_CELLS}
     ORDER BY u.period, o.id, u.a`,
    { face: BY_PROJECT.code, client: clientId, from, to },
  )
  return inWholeMicros(rows)
}

/** Billed cost, by project (`a`) and key (`b`), from the reported days. */
export function billedByProjectAndKey(
  reader: Reader,
  { clientId, from, to }: Omit<ReportSpan, 'source'>,
): readonly ReportSum[] {
  const rows = reader.all<ReportSum & Cost>(
    `SELECT u.connection_id AS connection, u.project AS a, u.key AS b, ${SUMS}
     FROM (${OWNERS.billed}) o CROSS JOIN usage_fact u ON u.connection_id = o.id
       AND u.day >= max(:from, o.low) AND u.day < min(:to, o.high) GROUP BY u.connection_id, u.project, u.key ORDER BY sum(u.cost) + sum(u.cost_nano) / 1000.0 DESC, estimate DESC, b`,
    { client: clientId, from, to },
  )
  return inWholeMicros(rows)
}

export interface ReportName {
  readonly id: number
  readonly name: string | null
  /** The subject in the register. */
  readonly ref: number | null
}

/** The last known names of words; null for unattributed usage. */
export function reportNames(reader: Reader, ids: Iterable<number>): ReadonlyMap<number, ReportName> {
  const rows = reader.all<ReportName>(
    `SELECT n.id, nullif(ifnull(n.name, n.word), '') AS name, n.ref FROM usage_name n
     WHERE n.id IN (SELECT value FROM json_each(?))`,
    [JSON.stringify([...new Set(ids)])],
  )
  return new Map(rows.map((row) => [row.id, row]))
}

/** First and last day with usage of a client, by either source. Null: nothing is recorded. */
export function reportDays(reader: Reader, clientId: number): { readonly first: number; readonly last: number } | null {
  const found = reader.get<{ readonly first: number | null; readonly last: number | null }>(
    `SELECT min(low) AS first, max(high) AS last FROM (
       SELECT (SELECT min(u.period) FROM usage_cell u WHERE u.face = :face AND u.client_id = :client AND u.connection_id = o.id) AS low,
         (SELECT max(u.period) FROM usage_cell u WHERE u.face = :face AND u.client_id = :client AND u.connection_id = o.id) AS high
       FROM (${OWNERS.claimed} UNION ALL ${OWNERS.billed}) o)`,
    { face: BY_PROJECT.code, client: clientId },
  )
  return found === undefined || found.first === null || found.last === null
    ? null
    : { first: found.first, last: found.last }
}

/** The days from the first to the last reported one of a client's internal records. */
export function recordedDays(reader: Reader, clientId: number): ReadDays {
  const found = reader.get<{ readonly low: number | null; readonly high: number | null }>(
    `SELECT min(u.period) AS low, max(u.period) AS high FROM usage_cell u WHERE u.face = :face AND u.client_id = :client AND u.connection_id = 0`,
    { face: BY_PROJECT.code, client: clientId },
  )
  return found === undefined || found.low === null || found.high === null
    ? []
    : [{ from: found.low, to: found.high + 1 }]
}
