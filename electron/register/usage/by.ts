import type { UsageBy, UsageRow, UsageSource } from '../../../shared/contract/usage.ts'
import { type Cost, inWholeMicros } from '../../../shared/domain/usage/cost.ts'
import { USAGE_ROLLUPS } from '../../../shared/domain/usage/rollups.ts'
import type { UsageMeasures } from '../../../shared/domain/usage/measures.ts'
import { CLIENT_REF, getClientRef, type ClientRefColumns } from '../clients/client.ts'
import type { Reader } from '../db/handles.ts'
import type { Scope, Sql } from '../db/scope.ts'

interface Columns extends KeptSums, Partial<ClientRefColumns> {
  readonly rowKey: string
  readonly name: string | null
  readonly ref: number | null
}

/** Usage of clients by one source, in a span of days or months; both ends are included. */
export interface UsagePeriods extends Scope {
  readonly source: UsageSource
  readonly over: 'day' | 'month'
  readonly from: number
  readonly to: number
}

export interface UsageMonths extends UsagePeriods {
  readonly over: 'month'
}

/** The pairs of client and connection that a query of one source reads; 0 means a client's internal records. */
export function usageOwners(scope: Scope, source: UsageSource): Sql {
  const clients = scope.client === undefined ? 'c.archived_at IS NULL' : 'c.slug = :scope_client'
  const owners =
    source === 'claimed'
      ? 'SELECT c.id AS client_id, 0 AS connection_id FROM client c'
      : 'SELECT c.id AS client_id, cn.id AS connection_id FROM client c JOIN connection cn ON cn.client_id = c.id AND cn.removed_at IS NULL'
  return {
    text: `${owners} WHERE ${clients}`,
    params: scope.client === undefined ? {} : { scope_client: scope.client },
  }
}

export const SUMS = `sum(requests) AS requests, sum(input) AS input, sum(cached) AS cached, sum(cache_write) AS cacheWrite,
  sum(output) AS output, sum(cost) AS cost, sum(cost_nano) AS costNano, sum(estimate) AS estimate`

const SUMS_OF_SUMS = `sum(s.requests) AS requests, sum(s.input) AS input, sum(s.cached) AS cached, sum(s.cacheWrite) AS cacheWrite,
  sum(s.output) AS output, sum(s.cost) AS cost, sum(s.costNano) AS costNano, sum(s.estimate) AS estimate`

/** Sums as `SUMS` returns them: costs become whole micro-USD once the whole result is added up (`inWholeMicros`). */
export interface KeptSums extends UsageMeasures, Cost {}

interface Plan {
  /** The roll-ups that are read; their only dimension is the grouping. */
  readonly rollup: Readonly<Record<UsagePeriods['over'], number>>
  readonly join: string
  readonly key: string
  readonly name: string
  readonly ref: string
  readonly ofClient: boolean
}

/** The roll-ups by one dimension. */
const [DAY_PROJECT, DAY_KEY, DAY_PRINCIPAL, DAY_MODEL, DAY_FEATURE] = USAGE_ROLLUPS
const [, , , , , , , , , MONTH_PROJECT, MONTH_KEY, MONTH_PRINCIPAL, MONTH_FEATURE, MONTH_MODEL] = USAGE_ROLLUPS
const BY_PROJECT = { day: DAY_PROJECT.code, month: MONTH_PROJECT.code }
const BY_KEY = { day: DAY_KEY.code, month: MONTH_KEY.code }
const BY_PRINCIPAL = { day: DAY_PRINCIPAL.code, month: MONTH_PRINCIPAL.code }
const BY_FEATURE = { day: DAY_FEATURE.code, month: MONTH_FEATURE.code }
const BY_MODEL = { day: DAY_MODEL.code, month: MONTH_MODEL.code }

const NAMED = { join: 'JOIN usage_name n ON n.id = s.n', name: `nullif(ifnull(n.name, n.word), '')`, ref: 'n.ref' }
const OF_KEY = `${NAMED.join} LEFT JOIN key k ON k.id = n.ref LEFT JOIN logical_key l ON l.id = k.logical_key_id`

/** Where usage by each dimension is read, and how its words are joined to the register's subjects. */
export const PLANS: Readonly<Record<UsageBy, Plan>> = {
  project: { rollup: BY_PROJECT, ...NAMED, key: 'n.id', ofClient: true },
  key: { rollup: BY_KEY, ...NAMED, key: 'n.id', ofClient: true },
  'logical-key': {
    rollup: BY_KEY,
    join: OF_KEY,
    key: `ifnull('l' || l.id, 'n' || n.id)`,
    name: `ifnull(l.name, ${NAMED.name})`,
    ref: 'l.id',
    ofClient: true,
  },
  environment: {
    rollup: BY_KEY,
    join: OF_KEY,
    key: `coalesce(l.environment, k.environment, n.environment, '')`,
    name: 'coalesce(l.environment, k.environment, n.environment)',
    ref: 'NULL',
    ofClient: false,
  },
  team: {
    rollup: BY_KEY,
    join: OF_KEY,
    key: `coalesce(l.team, k.team, n.team, '')`,
    name: 'coalesce(l.team, k.team, n.team)',
    ref: 'NULL',
    ofClient: false,
  },
  principal: { rollup: BY_PRINCIPAL, ...NAMED, key: 'n.id', ofClient: true },
  person: {
    rollup: BY_PRINCIPAL,
    join: `${NAMED.join} LEFT JOIN principal p ON p.id = n.ref
      LEFT JOIN person h ON h.id = ifnull(p.person_id, (SELECT d.person_id FROM person_address d WHERE d.address = lower(n.word)))`,
    key: `ifnull('h' || h.id, 'n' || n.id)`,
    name: `ifnull(h.name, ${NAMED.name})`,
    ref: 'h.id',
    ofClient: false,
  },
  model: { rollup: BY_MODEL, ...NAMED, key: 'n.word', ref: 'NULL', ofClient: false },
  feature: { rollup: BY_FEATURE, ...NAMED, key: 'n.id', ofClient: true },
  connection: {
    rollup: BY_PROJECT,
    join: 'LEFT JOIN connection cn ON cn.id = s.connection_id',
    key: `s.client_id || ' ' || s.connection_id`,
    name: 'cn.label',
    ref: 'cn.id',
    ofClient: true,
  },
  client: {
    rollup: BY_PROJECT,
    join: '',
    key: 's.client_id',
    name: 'c.name',
    ref: 'NULL',
    ofClient: true,
  },
}

/** A row of usage without what it is compared with. */
export type UsageSums = Omit<UsageRow, 'before' | 'difference' | 'share'>

/** Usage of a span, grouped by one dimension; most expensive first. One statement. */
export function usageBy(reader: Reader, span: UsagePeriods, by: UsageBy): UsageSums[] {
  const { rollup, join, key, name, ref, ofClient } = PLANS[by]
  const owners = usageOwners(span, span.source)
  const rows = reader.all<Columns>(
    `WITH owner (client_id, connection_id) AS MATERIALIZED (${owners.text}),
       s AS (SELECT u.client_id, u.connection_id, u.a AS n, ${SUMS}
         FROM owner o CROSS JOIN usage_cell u ON u.face = :face AND u.client_id = o.client_id AND u.connection_id = o.connection_id
           AND u.period BETWEEN :from AND :to
         GROUP BY u.client_id, u.connection_id, n)
     SELECT cast(${key} AS TEXT) AS rowKey, ${name} AS name, ${ref} AS ref, ${ofClient ? `${CLIENT_REF}, ` : ''}${SUMS_OF_SUMS}
     FROM s JOIN client c ON c.id = s.client_id ${join}
     GROUP BY rowKey ORDER BY sum(s.cost) + sum(s.costNano) / 1000.0 DESC, estimate DESC, input + output DESC, requests DESC, name`,
    { face: rollup[span.over], from: span.from, to: span.to, ...owners.params },
  )
  return inWholeMicros(rows).map((row) => ({
    rowKey: row.rowKey,
    name: row.name,
    ref: row.ref,
    client: ofClient ? getClientRef(row as ClientRefColumns) : null,
    ...readMeasures(row),
  }))
}

/** Only the measures of a row. */
export function readMeasures({
  requests,
  input,
  cached,
  cacheWrite,
  output,
  cost,
  estimate,
}: UsageMeasures): UsageMeasures {
  return { requests, input, cached, cacheWrite, output, cost, estimate }
}

/** Months that hold usage of a source, latest first. */
export function usageMonths(reader: Reader, scope: Scope, source: UsageSource): number[] {
  const owners = usageOwners(scope, source)
  return reader.column<number>(
    `SELECT DISTINCT u.period FROM (${owners.text}) o
     CROSS JOIN usage_cell u ON u.face = :face AND u.client_id = o.client_id AND u.connection_id = o.connection_id ORDER BY u.period DESC`,
    { face: BY_PROJECT.month, ...owners.params },
  )
}
