import { ORGANIZATION_ID } from '../facts/organization.ts'
import type { Reader } from '../db/handles.ts'
import { LIMITS, SPENDS_MONTH } from '../facts/limits.ts'
import type { Scope } from '../db/scope.ts'
import type { ReadDays } from '../../../shared/domain/usage/read-days.ts'
import { parseDays } from './reports.ts'

export interface ReportClient {
  readonly id: number
  readonly slug: string
  readonly name: string
}

/** Clients in scope, by name. */
export function reportClients(reader: Reader, { client }: Scope): readonly ReportClient[] {
  return reader.all<ReportClient>(
    `SELECT id, slug, name FROM client WHERE ${client === undefined ? 'archived_at IS NULL' : 'slug = :client'} ORDER BY name COLLATE NOCASE, slug`,
    client === undefined ? {} : { client },
  )
}

/** The name of the agency's own organization; null where the register has none. */
export function findOwnName(reader: Reader): string | null {
  return (
    reader.value<string>(
      `SELECT name FROM client WHERE kind <> 'client' AND archived_at IS NULL ORDER BY id LIMIT 1`,
    ) ?? null
  )
}

export interface ReportOrganization {
  readonly id: number
  readonly label: string
  readonly provider: string
  readonly organizationId: string | null
  /** The days whose costs were read. */
  readonly read: ReadDays
}

/** The organizations of a client, including removed ones that were ever read. */
export function reportOrganizations(reader: Reader, clientId: number): readonly ReportOrganization[] {
  const rows = reader.all<Omit<ReportOrganization, 'read'> & { readonly days: string | null }>(
    `SELECT cn.id, cn.label, cn.provider, ${ORGANIZATION_ID} AS organizationId, r.read_days AS days
     FROM connection cn LEFT JOIN usage_report r ON r.connection_id = cn.id AND r.report = 'cost' WHERE cn.client_id = ?
       AND (cn.removed_at IS NULL OR ifnull(r.read_days, '[]') <> '[]') ORDER BY cn.id`,
    [clientId],
  )
  return rows.map(({ days, ...row }) => ({ ...row, read: parseDays(days) }))
}

export interface ReportBudget {
  /** 0 if it does not belong to a single connection or project. */
  readonly connection: number
  readonly project: number
  /** Micro-USD a month. */
  readonly amount: number
  readonly byProvider: boolean
}

/**
 * Budgets at an instant, and the providers' limits then; for limits that were first read later, their first values.
 * Later changes have no effect here. The first of several for one target counts.
 */
export function reportBudgets(reader: Reader, clientId: number, at: number): ReportBudget[] {
  const agreed = reader.all<{ readonly connection: number; readonly project: number; readonly amount: number }>(
    `SELECT connection_id AS connection, project_id AS project, amount FROM budget_history h
     WHERE client_id = :client AND amount IS NOT NULL AND id = (SELECT x.id FROM budget_history x
       WHERE x.client_id = :client AND x.connection_id = h.connection_id AND x.project_id = h.project_id AND x.since < :at
       ORDER BY x.since DESC, x.id DESC LIMIT 1)`,
    { client: clientId, at },
  )
  const held = reader.all<{ readonly connection: number; readonly project: number; readonly amount: number }>(
    `SELECT l.connection_id AS connection, ifnull(l.project_id, 0) AS project, l.amount
     FROM connection cn CROSS JOIN ${LIMITS} l ON l.connection_id = cn.id
     LEFT JOIN sync e ON e.id = l.to_sync
     WHERE cn.client_id = :client AND ${SPENDS_MONTH} AND l.amount > 0 AND ifnull(e.finished_at > :at, 1)
     ORDER BY l.enforcement = 'alert', l.from_sync, l.id`,
    { client: clientId, at },
  )
  return [...agreed.map((row) => ({ ...row, byProvider: false })), ...held.map((row) => ({ ...row, byProvider: true }))]
}
