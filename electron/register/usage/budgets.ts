import { z } from 'zod'

import { agreed, type AgreedBudget } from '../../../shared/contract/budgets.ts'
import { clientRef, connectionRef, id } from '../../../shared/contract/common.ts'
import { limitDetails } from '../../../shared/contract/projects.ts'
import { DEFAULT_THRESHOLDS } from '../../../shared/domain/usage/threshold.ts'
import type { DaySpend } from '../../../shared/domain/usage/forecast.ts'
import { USAGE_ROLLUPS } from '../../../shared/domain/usage/rollups.ts'
import { CLIENT_REF } from '../clients/client.ts'
import { CONNECTION_REF } from '../connections/connection.ts'
import type { Reader, Writer } from '../db/handles.ts'
import { readRow, readRows } from '../db/rows.ts'
import { LIMIT_DETAILS } from '../facts/details.ts'
import { LIMITS, OF_MONTH, SPENDS_PLACE } from '../facts/limits.ts'
import type { Scope } from '../db/scope.ts'

const amounts = z.object({
  /** The budget's target and amount, or the limit and its amount; alerts are recorded under it. */
  subject: z.string(),
  budgetId: id.nullable(),
  clientId: id,
  client: clientRef,
  connection: connectionRef.nullable(),
  project: z.object({ id, name: z.string() }).nullable(),
  amount: z.number().int(),
  enforcement: z.enum(['hard', 'alert']),
  /** Null for the default thresholds. */
  thresholds: z.array(z.number().int()).nullable(),
  /** The limit at the provider, by its stable id; null for a budget. */
  limit: z.string().nullable(),
  /** The version of that limit. */
  limitId: id.nullable(),
  ...limitDetails,
  /** True if it is a provider's cap for a usage tier: no person set it, so it is shown but sends no alerts. */
  tier: z.boolean(),
})

/** A monthly amount: a budget agreed here, or a provider's limit. */
export type BudgetAmount = Omit<z.infer<typeof amounts>, 'thresholds'> & { readonly thresholds: readonly number[] }

const SUBJECT = `'budget of ' || CASE WHEN b.project_id IS NOT NULL THEN 'project ' || b.project_id
  WHEN b.connection_id IS NOT NULL THEN 'connection ' || b.connection_id ELSE 'client ' || b.client_id END || ': ' || b.amount`

const PROJECT = `pr.id AS "project.id",
  ifnull((SELECT n.name FROM project_last_row n WHERE n.id = pr.id), '') AS "project.name"`

/**
 * All monthly amounts in scope. Limits other than of monthly spend, and limits of single keys and models, are left out.
 */
export function budgeted(reader: Reader, scope: Scope): BudgetAmount[] {
  const inScope = scope.client === undefined ? 'c.archived_at IS NULL' : 'c.slug = :scope_client'
  const rows = readRows(
    reader,
    amounts,
    `SELECT ${SUBJECT} AS subject, b.id AS budgetId, c.id AS clientId, ${CLIENT_REF}, ${CONNECTION_REF},
       ${PROJECT}, b.amount, b.enforcement, b.thresholds, NULL AS "limit", NULL AS limitId, NULL AS recipients, NULL AS enforcing, 0 AS tier
     FROM budget b JOIN client c ON c.id = b.client_id LEFT JOIN connection cn ON cn.id = b.connection_id
     LEFT JOIN project pr ON pr.id = b.project_id WHERE ${inScope} AND cn.removed_at IS NULL
     UNION ALL
     SELECT 'limit ' || l.connection_id || ' ' || l.external_id || ': ' || l.amount, NULL, c.id, ${CLIENT_REF}, ${CONNECTION_REF}, ${PROJECT}, l.amount, l.enforcement, NULL, l.external_id, l.id, ${LIMIT_DETAILS}, l.limit_of = 'tier'
     FROM ${LIMITS} l JOIN connection cn ON cn.id = l.connection_id AND cn.removed_at IS NULL JOIN client c ON c.id = cn.client_id
     LEFT JOIN project pr ON pr.id = l.project_id
     WHERE l.to_sync IS NULL AND (${SPENDS_PLACE} OR l.limit_of = 'tier') AND ${OF_MONTH} AND l.amount > 0 AND ${inScope}`,
    scope.client === undefined ? {} : { scope_client: scope.client },
  )
  return rows.map((row) => ({ ...row, thresholds: row.tier ? [] : (row.thresholds ?? DEFAULT_THRESHOLDS) }))
}

/** Spend of each day, and whether it is from internal records instead of billing. */
export interface DaySpending {
  readonly days: readonly DaySpend[]
  readonly isInternal: boolean
}

/**
 * Spend of each day from one day until before another: billed or from internal records, whichever is more over the
 * whole span. Internal records belong to a connection only through its projects.
 */
export function daySpend(
  reader: Reader,
  of: Pick<BudgetAmount, 'clientId' | 'connection' | 'project'>,
  span: { readonly from: number; readonly to: number },
): DaySpending {
  const spend = (connection: string): readonly DaySpend[] =>
    reader.all<DaySpend>(
      `SELECT u.period AS day, sum(u.cost) + (sum(u.cost_nano) + 500) / 1000 AS cost FROM (${connection}) o
       CROSS JOIN usage_cell u ON u.face = :face AND u.client_id = :client AND u.connection_id = o.id AND u.period >= :from AND u.period < :to
       WHERE ${PLACE} GROUP BY u.period ORDER BY u.period`,
      {
        face: USAGE_ROLLUPS[0].code,
        client: of.clientId,
        connection: of.connection?.id ?? null,
        project: of.project?.id ?? null,
        from: span.from,
        to: span.to,
      },
    )
  const billed = spend(
    'SELECT cn.id FROM connection cn WHERE cn.client_id = :client AND ifnull(cn.id = :connection, 1)',
  )
  const claimed = spend('SELECT 0 AS id')
  const total = (days: readonly DaySpend[]): number => days.reduce((sum, { cost }) => sum + cost, 0)
  const isInternal = total(claimed) > total(billed)
  return { days: isInternal ? claimed : billed, isInternal }
}

/** The cells of one project; else the connection's own cells, or the connection's projects among internal records. */
const PLACE = `CASE
  WHEN :project IS NOT NULL THEN u.a IN (SELECT n.id FROM usage_name n
    WHERE n.client_id = :client AND n.dimension = 'project' AND n.ref = :project)
  WHEN :connection IS NOT NULL AND u.connection_id = 0 THEN u.a IN (SELECT n.id FROM usage_name n JOIN project p ON p.id = n.ref
    WHERE n.client_id = :client AND n.dimension = 'project' AND p.connection_id = :connection)
  ELSE 1 END`

export interface BudgetTarget {
  readonly clientId: number
  readonly connectionId: number | null
  readonly projectId: number | null
}

/** The budget of a target; null where there is none. */
export function agreedBudget(reader: Reader, { clientId, connectionId, projectId }: BudgetTarget): AgreedBudget | null {
  return readRow(
    reader,
    agreed,
    'SELECT amount, enforcement, thresholds FROM budget WHERE client_id = ? AND ifnull(connection_id, 0) = ? AND ifnull(project_id, 0) = ?',
    [clientId, connectionId ?? 0, projectId ?? 0],
  )
}

/** The number of the budget of a target; null where there is none. */
export function findBudget(reader: Reader, { clientId, connectionId, projectId }: BudgetTarget): number | null {
  return (
    reader.value<number>(
      'SELECT id FROM budget WHERE client_id = ? AND ifnull(connection_id, 0) = ? AND ifnull(project_id, 0) = ?',
      [clientId, connectionId ?? 0, projectId ?? 0],
    ) ?? null
  )
}

export interface BudgetAlert {
  readonly subject: string
  readonly threshold: number
  readonly at: number
}

export function budgetAlerts(reader: Reader, month: number): readonly BudgetAlert[] {
  return reader.all<BudgetAlert>(
    'SELECT subject, threshold, fired_at AS at FROM budget_alert WHERE month = ? ORDER BY subject, threshold',
    [month],
  )
}

/** Deletes the record that an alert was sent. */
export function forgetAlert(writer: Writer, month: number, { subject, threshold }: Omit<BudgetAlert, 'at'>): void {
  writer.run('DELETE FROM budget_alert WHERE subject = ? AND month = ? AND threshold = ?', [subject, month, threshold])
}

/** Records that an alert was sent; false if it was recorded before. */
export function noteAlert(writer: Writer, month: number, { subject, threshold, at }: BudgetAlert): boolean {
  return (
    writer.run('INSERT OR IGNORE INTO budget_alert (subject, month, threshold, fired_at) VALUES (?, ?, ?, ?)', [
      subject,
      month,
      threshold,
      at,
    ]).changes === 1
  )
}
