import type { RateLimitRow } from '../../../shared/contract/budgets.ts'
import { CLIENT_REF, clientRefOf, type ClientRefColumns } from '../clients/client.ts'
import { CONNECTION_REF, connectionRefOf, type ConnectionRefColumns } from '../connections/connection.ts'
import type { Reader } from '../db/handles.ts'
import { LIMITS } from '../facts/limits.ts'
import { allOf, connectionsInScope, idsParam, likeParam, type Scope, when } from '../db/scope.ts'

export interface RateLimitQuery extends Scope {
  readonly search?: string | undefined
  readonly project?: number | undefined
  readonly changed?: boolean | undefined
}

/** The version of the same limit that ended when this one began, and had another amount. */
const BEFORE = `LEFT JOIN ${LIMITS} b ON b.connection_id = l.connection_id AND b.external_id = l.external_id
  AND b.to_sync = l.from_sync AND b.amount <> l.amount LEFT JOIN sync y ON y.id = l.from_sync AND b.id IS NOT NULL`

/** Ids of the rate limits that stand, those that changed last first, then by client, connection, project and model. */
export function rateLimitIds(reader: Reader, query: RateLimitQuery): number[] {
  const scope = connectionsInScope(query)
  const where = allOf([
    { text: `l.connection_id IN (${scope.text}) AND l.to_sync IS NULL AND l.kind = 'rate'`, params: scope.params },
    when(query.project, (project) => ({ text: 'l.project_id = :project', params: { project } })),
    when(query.changed || undefined, () => ({ text: 'b.id IS NOT NULL', params: {} })),
    when(query.search?.trim() || undefined, (text) => ({
      text: `(l.model LIKE :like ESCAPE '\\' OR n.name LIKE :like ESCAPE '\\' OR l.metric LIKE :like ESCAPE '\\')`,
      params: { like: likeParam(text) },
    })),
  ])
  return reader.column<number>(
    `SELECT l.id FROM ${LIMITS} l JOIN connection cn ON cn.id = l.connection_id JOIN client c ON c.id = cn.client_id
     LEFT JOIN project_now n ON n.id = l.project_id ${BEFORE} WHERE ${where.text}
     ORDER BY y.finished_at DESC NULLS LAST, c.name COLLATE NOCASE, cn.label COLLATE NOCASE, l.project_id IS NOT NULL, n.name COLLATE NOCASE,
       l.model COLLATE NOCASE, l.metric, l.id`,
    where.params,
  )
}

interface Columns extends ClientRefColumns, ConnectionRefColumns {
  readonly id: number
  readonly project_id: number | null
  readonly project_name: string | null
  readonly model: string | null
  readonly metric: string
  readonly amount: number
  readonly period: string
  readonly before_amount: number | null
  readonly before_until: number | null
}

/** Rows for ids, in the order given. One statement whatever their number. */
export function rateLimitRows(reader: Reader, ids: readonly number[]): RateLimitRow[] {
  return reader
    .all<Columns>(
      `SELECT l.id, l.project_id, n.name AS project_name, l.model, l.metric, l.amount, l.period, ${CLIENT_REF}, ${CONNECTION_REF},
         b.amount AS before_amount, y.finished_at AS before_until
       FROM json_each(?) j CROSS JOIN ${LIMITS} l ON l.id = j.value
       JOIN connection cn ON cn.id = l.connection_id JOIN client c ON c.id = cn.client_id
       LEFT JOIN project_now n ON n.id = l.project_id ${BEFORE} ORDER BY j.key`,
      [idsParam(ids)],
    )
    .map((row) => ({
      id: row.id,
      client: clientRefOf(row),
      connection: connectionRefOf(row),
      project: row.project_id === null ? null : { id: row.project_id, name: row.project_name ?? '' },
      model: row.model,
      metric: row.metric,
      amount: row.amount,
      period: row.period,
      before:
        row.before_amount === null || row.before_until === null
          ? null
          : { amount: row.before_amount, until: row.before_until },
    }))
}
