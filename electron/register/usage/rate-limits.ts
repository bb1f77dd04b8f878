import { type RateLimitRow, rateLimitRow } from '../../../shared/contract/budgets.ts'
import { CLIENT_REF } from '../clients/client.ts'
import { CONNECTION_REF } from '../connections/connection.ts'
import { findLimitMakers } from '../changes/made-by.ts'
import type { Reader } from '../db/handles.ts'
import { readRows } from '../db/rows.ts'
import { LIMITS } from '../facts/limits.ts'
import { listAll, connectionsInScope, idsParam, likeParam, type Scope, when } from '../db/scope.ts'

export interface RateLimitQuery extends Scope {
  readonly search?: string | undefined
  readonly project?: number | undefined
  readonly changed?: boolean | undefined
}

/** The version of the same limit that ended when this one began, and had another amount. */
const BEFORE = `LEFT JOIN ${LIMITS} b ON b.connection_id = l.connection_id AND b.external_id = l.external_id
  AND b.to_sync = l.from_sync AND b.amount <> l.amount LEFT JOIN sync y ON y.id = l.from_sync AND b.id IS NOT NULL`

/** The name of the project of a limit `l`, while it is listed. */
const PROJECT_NAME = '(SELECT n.name FROM project_now n WHERE n.id = l.project_id)'

/** Ids of the current rate limits, most recently changed first, then by client, connection, project and model. */
export function rateLimitIds(reader: Reader, query: RateLimitQuery): number[] {
  const scope = connectionsInScope(query)
  const where = listAll([
    { text: `l.connection_id IN (${scope.text}) AND l.to_sync IS NULL AND l.kind = 'rate'`, params: scope.params },
    when(query.project, (project) => ({ text: 'l.project_id = :project', params: { project } })),
    when(query.changed || undefined, () => ({ text: 'b.id IS NOT NULL', params: {} })),
    when(query.search?.trim() || undefined, (text) => ({
      text: `(l.model LIKE :like ESCAPE '\\' OR ${PROJECT_NAME} LIKE :like ESCAPE '\\' OR l.metric LIKE :like ESCAPE '\\')`,
      params: { like: likeParam(text) },
    })),
  ])
  return reader.column<number>(
    `SELECT l.id FROM ${LIMITS} l JOIN connection cn ON cn.id = l.connection_id JOIN client c ON c.id = cn.client_id
     ${BEFORE} WHERE ${where.text}
     ORDER BY y.finished_at DESC NULLS LAST, c.name COLLATE NOCASE, cn.label COLLATE NOCASE, l.project_id IS NOT NULL, ${PROJECT_NAME} COLLATE NOCASE,
       l.model COLLATE NOCASE, l.metric, l.id`,
    where.params,
  )
}

/** Rows for ids, in the order given. */
export function rateLimitRows(reader: Reader, ids: readonly number[]): RateLimitRow[] {
  const makers = findLimitMakers(reader, ids)
  return readRows(
    reader,
    rateLimitRow.omit({ setBy: true }),
    `SELECT l.id, ${CLIENT_REF}, ${CONNECTION_REF}, l.project_id AS "project.id", ifnull(${PROJECT_NAME}, '') AS "project.name", l.model,
       l.metric, l.amount, l.period, iif(y.finished_at IS NULL, NULL, b.amount) AS "before.amount", y.finished_at AS "before.until"
     FROM json_each(?) j CROSS JOIN ${LIMITS} l ON l.id = j.value
     JOIN connection cn ON cn.id = l.connection_id JOIN client c ON c.id = cn.client_id
     ${BEFORE} ORDER BY j.key`,
    [idsParam(ids)],
  ).map((row) => ({ ...row, setBy: makers.get(row.id) ?? null }))
}
