import { DEFAULT_POLICY, POLICY_NAMES, type Policy, type PolicyName } from '../../../../shared/domain/policy.ts'
import type { Value } from '../../db/handles.ts'
import { type Column, type SelectedColumn, selectColumns } from '../../db/staging.ts'

/** A connection under evaluation, with the policy of its client. */
export interface ConnectionRow {
  readonly id: number
  readonly client_id: number
  readonly provider: string
  readonly archived: number
  readonly domains: number
  readonly created_at: number
  readonly label: string
  readonly sync_id: number | null
  readonly synced_at: number | null
  readonly spend_read: number
  readonly since_sync: number | null
  readonly reviewed_at: number | null
  readonly review_read_at: number | null
  readonly policy: Policy
  /** The instant, and the sync, since which a change is new to the reviewer. */
  readonly since: number
  readonly sinceSync: number
}

/** A field of the policy as a column, lists left out: `staleInviteDays` is read as `stale_invite_days`. */
function toPolicyColumn(field: PolicyName): Column<ConnectionRow>[] {
  const fallback = DEFAULT_POLICY[field]
  if (typeof fallback === 'object') return []
  const name = field.replaceAll(/[A-Z]/gu, (letter) => `_${letter.toLowerCase()}`)
  const toValue = (value: Policy[PolicyName]): Value => (typeof value === 'boolean' ? Number(value) : (value as Value))
  return [{ name, type: typeof fallback === 'string' ? 'TEXT' : 'INTEGER', value: ({ policy }) => toValue(policy[field]) }]
}

/** The columns of `f_connection`, with every field of the policy. */
export const CONNECTION_COLUMNS: readonly Column<ConnectionRow>[] = [
  { name: 'id', type: 'INTEGER PRIMARY KEY', value: (row) => row.id },
  { name: 'label', type: 'TEXT', value: (row) => row.label },
  { name: 'provider', type: 'TEXT', value: (row) => row.provider },
  { name: 'client_archived', type: 'INTEGER', value: (row) => row.archived },
  { name: 'domains', type: 'INTEGER', value: (row) => row.domains },
  { name: 'created_at', type: 'INTEGER', value: (row) => row.created_at },
  { name: 'sync_id', type: 'INTEGER', value: (row) => row.sync_id },
  { name: 'synced_at', type: 'INTEGER', value: (row) => row.synced_at },
  { name: 'organization_spend_read', type: 'INTEGER', value: (row) => row.spend_read },
  { name: 'since_sync', type: 'INTEGER', value: (row) => row.sinceSync },
  { name: 'since_at', type: 'INTEGER', value: (row) => row.since },
  { name: 'reviewed_at', type: 'INTEGER', value: (row) => (row.review_read_at === null ? null : row.reviewed_at) },
  ...POLICY_NAMES.flatMap(toPolicyColumn),
]

/** Whoever owned a key was there once and is not any more: more than having lost its project. */
const OWNER_LEFT = `EXISTS (SELECT 1 FROM principal o WHERE o.connection_id = k.connection_id AND o.external_id = v.owner_external_id
  AND NOT EXISTS (SELECT 1 FROM principal_version ov WHERE ov.principal_id = o.id AND ov.to_sync IS NULL))`

/** The columns of `f_key`, of a key `k` with its version `v`, logical key `l` and project `n`. */
export const KEY_COLUMNS: readonly SelectedColumn[] = [
  ...selectColumns('INTEGER PRIMARY KEY', 'k.id'),
  ...selectColumns('INTEGER', 'k.connection_id', 'v.project_id', 'k.unowned', 'v.created_at', 'v.expires_at'),
  ...selectColumns('INTEGER', 'k.last_used_at', 'k.last_use_inexact', 'k.follows_pattern'),
  ...selectColumns('TEXT', 'v.kind', 'v.name', 'v.owner_state', 'v.owner_kind', 'v.owner_external_id'),
  ...selectColumns('TEXT', 'v.owner_name', 'v.owner_email', 'v.owner_access'),
  ...selectColumns('TEXT', 'k.last_use_state', 'k.due_on', 'k.due_basis', 'l.contact'),
  { name: 'owner_left', type: 'INTEGER', sql: `v.owner_access = 'inactive' AND ${OWNER_LEFT}` },
  { name: 'project_name', type: 'TEXT', sql: 'n.name' },
  { name: 'project_status', type: 'TEXT', sql: 'n.status' },
  { name: 'environment', type: 'TEXT', sql: 'ifnull(l.environment, k.environment)' },
  { name: 'team', type: 'TEXT', sql: 'ifnull(l.team, k.team)' },
  { name: 'purpose', type: 'TEXT', sql: 'ifnull(l.purpose, k.purpose)' },
  { name: 'production', type: 'INTEGER', sql: `ifnull(l.environment, k.environment) IS 'production'` },
]

const DOMAIN = `lower(substr(v.email, instr(v.email, '@') + 1))`
/** Nothing is said about who is external where a client named no domain. */
const EXTERNAL = `v.email LIKE '%_@_%' AND f.domains > 0 AND ${DOMAIN} NOT IN (SELECT domain FROM agency)
  AND NOT EXISTS (SELECT 1 FROM temp.f_domain d WHERE d.connection_id = f.id AND d.domain = ${DOMAIN})`
const PRIVILEGED = `EXISTS (SELECT 1 FROM effective_access a
  WHERE a.principal_id = p.id AND a.project_id IS NULL AND a.level IN ('owner', 'admin'))`

/** The columns of `f_principal`, of a principal `p` with its version `v`. `projects` is counted for external people. */
export const PRINCIPAL_COLUMNS: readonly SelectedColumn[] = [
  ...selectColumns('INTEGER PRIMARY KEY', 'p.id'),
  ...selectColumns('INTEGER', 'p.connection_id', 'v.added_at', 'v.expires_at', 'p.last_used_at'),
  ...selectColumns('TEXT', 'p.external_id', 'p.kind', 'v.email', 'v.status'),
  { name: 'name', type: 'TEXT', sql: `ifnull(nullif(v.name, ''), ifnull(v.email, p.external_id))` },
  { name: 'role', type: 'TEXT', sql: 'v.role_raw' },
  { name: 'agency', type: 'INTEGER', sql: `${DOMAIN} IN (SELECT domain FROM agency)` },
  { name: 'external', type: 'INTEGER', sql: EXTERNAL },
  { name: 'privileged', type: 'INTEGER', sql: PRIVILEGED },
  { name: 'projects', type: 'INTEGER', sql: '0' },
]
