import type { MonthLimit } from '../../../shared/domain/usage/limit-audit.ts'
import type { Reader } from '../db/handles.ts'
import { LIMITS, SPENDS_MONTH } from '../facts/limits.ts'
import { listProvidersWith } from '../facts/providers.ts'
import type { BudgetAmount } from './budgets.ts'

/** A provider's limits at one place, and whether its list was read. */
export interface HeldThere {
  /** The organization; null where the budget covers several, or none. */
  readonly connectionId: number | null
  readonly read: boolean
  readonly held: readonly MonthLimit[]
  readonly findingId: number | null
}

const APART: HeldThere = { connectionId: null, read: false, held: [], findingId: null }

/** The rules whose remediation sets a limit. */
const RULES = `'organization-limit-disagrees', 'project-limit-disagrees', 'organization-without-spend-limit', 'project-without-spend-limit'`

/**
 * The provider's limit where there is a budget; for a whole client only if it has one organization. Some providers list
 * project limits in their one list of spend limits.
 */
export function heldThere(reader: Reader, of: Pick<BudgetAmount, 'clientId' | 'connection' | 'project'>): HeldThere {
  const connections = reader.column<number>(
    'SELECT id FROM connection WHERE client_id = ? AND removed_at IS NULL AND ifnull(id = ?, 1)',
    [of.clientId, of.connection?.id ?? null],
  )
  const [connection, ...others] = connections
  if (connection === undefined || others.length > 0) return APART
  const params = { connection, project: of.project?.id ?? null }
  const held = reader.all<MonthLimit>(
    `SELECT l.amount, l.enforcement FROM ${LIMITS} l WHERE l.connection_id = :connection AND l.to_sync IS NULL
       AND ${SPENDS_MONTH} AND l.project_id IS :project
     ORDER BY l.enforcement = 'alert', l.amount`,
    params,
  )
  const read = reader.value(
    `SELECT 1 FROM sync y JOIN sync_source s ON s.sync_id = y.id WHERE y.connection_id = :connection AND s.state = 'complete'
       AND (s.source IN ('spend-limits', 'spend-alerts') AND (:project IS NULL OR (SELECT provider FROM connection WHERE id = :connection) IN ${listProvidersWith('listsProjectLimits')})
         OR s.source IN ('project-spend-limits', 'project-spend-alerts') AND s.project = (SELECT external_id FROM project WHERE id = :project)) LIMIT 1`,
    params,
  )
  const findingId = reader.value<number>(
    `SELECT f.id FROM finding f WHERE f.resolved_at IS NULL AND f.connection_id = :connection AND f.rule IN (${RULES})
       AND f.subject_kind = CASE WHEN :project IS NULL THEN 'connection' ELSE 'project' END AND f.subject_id = ifnull(:project, :connection)
     ORDER BY f.id DESC LIMIT 1`,
    params,
  )
  return { connectionId: connection, read: read !== undefined, held: [...held], findingId: findingId ?? null }
}
