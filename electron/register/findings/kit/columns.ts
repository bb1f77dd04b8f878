import { DEFAULT_POLICY, POLICY_NAMES, type Policy, type PolicyName } from '../../../../shared/domain/policy.ts'
import type { Value } from '../../db/handles.ts'
import { type Column, type SelectedColumn, selectColumns } from '../../db/staging.ts'
import { domainOf, isExternal } from '../../facts/external.ts'
import { isEndUnknown } from '../../facts/key-end.ts'
import { PRIVILEGED_GRANTS } from '../../facts/grant-now.ts'
import { isExpiredInvite } from '../../facts/invite-state.ts'

/** True if any list of spend limits or alerts was ever read completely, in a connection or for one project. */
export const SPEND_READ = (connection: string, sources: string, project: string): string =>
  `EXISTS (SELECT 1 FROM sync y JOIN sync_source s ON s.sync_id = y.id AND s.source IN (${sources})
    WHERE y.connection_id = ${connection} AND s.state = 'complete' AND s.project = ${project})`

/**
 * The columns of `f_connection` from the register: a connection `cn` of the client `c`, its last sync `y`, the client's
 * last signed review `r`, and the sync `w` that the review was based on.
 */
export const CONNECTION_COLUMNS: readonly SelectedColumn[] = [
  ...selectColumns('INTEGER PRIMARY KEY', 'cn.id'),
  ...selectColumns('INTEGER', 'cn.client_id', 'cn.created_at'),
  ...selectColumns('TEXT', 'cn.provider'),
  { name: 'name', type: 'TEXT', sql: 'cn.label' },
  { name: 'client_archived', type: 'INTEGER', sql: 'c.archived_at IS NOT NULL' },
  { name: 'client_internal', type: 'INTEGER', sql: `c.kind = 'internal'` },
  { name: 'domains', type: 'INTEGER', sql: 'json_array_length(c.domains)' },
  { name: 'sync_id', type: 'INTEGER', sql: 'y.id' },
  { name: 'synced_at', type: 'INTEGER', sql: 'y.finished_at' },
  {
    name: 'synced_before_at',
    type: 'INTEGER',
    sql: `(SELECT x.finished_at FROM sync x WHERE x.connection_id = cn.id AND x.state IN ('complete', 'partial') AND x.id < y.id
      ORDER BY x.id DESC LIMIT 1)`,
  },
  { name: 'since_sync', type: 'INTEGER', sql: 'w.id' },
  { name: 'since_at', type: 'INTEGER', sql: 'w.finished_at' },
  { name: 'reviewed_at', type: 'INTEGER', sql: 'CASE WHEN w.finished_at IS NOT NULL THEN r.signed_at END' },
  {
    name: 'organization_spend_read',
    type: 'INTEGER',
    sql: SPEND_READ('cn.id', `'spend-limits', 'spend-alerts'`, `''`),
  },
]

/** The columns from the client's policy, without lists: `staleInviteDays` becomes `stale_invite_days`. */
export const POLICY_COLUMNS: readonly Required<Column<Policy>>[] = POLICY_NAMES.flatMap((field) => {
  const fallback = DEFAULT_POLICY[field]
  if (typeof fallback === 'object') return []
  const name = field.replaceAll(/[A-Z]/gu, (letter) => `_${letter.toLowerCase()}`)
  const toValue = (value: Policy[PolicyName]): Value => (typeof value === 'boolean' ? Number(value) : (value as Value))
  return [{ name, type: typeof fallback === 'string' ? 'TEXT' : 'INTEGER', value: (policy) => toValue(policy[field]) }]
})

/** The columns of `f_key`, of a key `k` and its project `n`. */
export const KEY_COLUMNS: readonly SelectedColumn[] = [
  ...selectColumns('INTEGER PRIMARY KEY', 'k.id'),
  ...selectColumns(
    'INTEGER',
    'k.connection_id',
    'k.project_id',
    'k.unowned',
    'k.owner_left',
    'k.created_at',
    'k.expires_at',
  ),
  ...selectColumns('INTEGER', 'k.last_used_at', 'k.last_use_inexact', 'k.follows_pattern', 'k.decoy_since'),
  ...selectColumns('TEXT', 'k.kind', 'k.name', 'k.owner_state', 'k.owner_kind', 'k.owner_external_id'),
  ...selectColumns('TEXT', 'k.owner_name', 'k.owner_email', 'k.owner_access'),
  ...selectColumns('TEXT', 'k.vendor', 'k.last_use_state', 'k.last_rotated_on', 'k.due_on', 'k.due_basis', 'k.contact'),
  {
    name: 'ends_unknown',
    type: 'INTEGER',
    sql: isEndUnknown('(SELECT cn.provider FROM connection cn WHERE cn.id = k.connection_id)', 'k.'),
  },
  { name: 'project_name', type: 'TEXT', sql: 'n.name' },
  { name: 'project_status', type: 'TEXT', sql: 'n.status' },
  ...selectColumns('TEXT', 'k.environment', 'k.team', 'k.purpose'),
  { name: 'production', type: 'INTEGER', sql: `k.environment IS 'production'` },
]

const AGENCY = 'SELECT domain FROM agency'
const EXTERNAL = isExternal('p.email', AGENCY, 'SELECT d.domain FROM temp.f_domain d WHERE d.connection_id = f.id')
/** An invite that has expired is an invitation to no one: only the rule about it is broken. */
const CALLED = `NOT ${isExpiredInvite('p')}`
/** By the index of those few who administer anything: most people have access, and none of it is of such a level. */
const PRIVILEGED = `EXISTS (SELECT 1 FROM ${PRIVILEGED_GRANTS} a
  WHERE a.connection_id = f.id AND a.principal_id = p.id AND a.project_id IS NULL)`

/** The columns of `f_principal`, of an account `p`. `projects` is counted for external people. */
export const PRINCIPAL_COLUMNS: readonly SelectedColumn[] = [
  ...selectColumns('INTEGER PRIMARY KEY', 'p.id'),
  ...selectColumns('INTEGER', 'p.connection_id', 'p.added_at', 'p.expires_at', 'p.last_used_at'),
  ...selectColumns('TEXT', 'p.external_id', 'p.kind', 'p.email', 'p.status'),
  { name: 'name', type: 'TEXT', sql: 'p.display_name' },
  { name: 'role', type: 'TEXT', sql: 'p.role_raw' },
  { name: 'agency', type: 'INTEGER', sql: `${CALLED} AND ifnull(${domainOf('p.email')} IN (${AGENCY}), 0)` },
  { name: 'external', type: 'INTEGER', sql: `${CALLED} AND ${EXTERNAL}` },
  { name: 'privileged', type: 'INTEGER', sql: PRIVILEGED },
  { name: 'projects', type: 'INTEGER', sql: '0' },
]
