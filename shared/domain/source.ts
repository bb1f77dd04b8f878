import type { ConnectionFault } from './connection-fault.ts'

/**
 * A source is one list that a sync reads: the unit of completeness. Facts of a source are closed only by a later sync
 * that read the same source (and the same project, for a per-project source) to its end.
 */
export const SOURCES = [
  'organization',
  'projects',
  'users',
  'user-addresses',
  'user-activity',
  'invites',
  'admin-keys',
  'roles',
  'groups',
  'group-users',
  'group-roles',
  'user-roles',
  'project-users',
  'project-groups',
  'project-group-roles',
  'project-service-accounts',
  'project-roles',
  'project-user-roles',
  'service-accounts',
  'service-account-projects',
  'identity-providers',
  'federation-rules',
  'certificates',
  'project-certificates',
  'project-keys',
  'deposited-keys',
  'guardrails',
  'settings',
  'project-settings',
  'keys',
  'rate-limits',
  'spend-limits',
  'spend-alerts',
  'member-spend-limits',
  'shared-budgets',
  'project-rate-limits',
  'project-spend-limits',
  'project-spend-alerts',
  'audit-log',
  'register-file',
  'people-file',
  'keys-file',
  'service-accounts-file',
] as const

export type SourceName = (typeof SOURCES)[number]

export const SOURCE_STATES = ['complete', 'denied', 'unavailable', 'failed', 'cancelled'] as const

/**
 * `complete`: read to its end. `denied`: 401/403. `unavailable`: the organization does not have it (404, not enabled).
 * `failed`: cut connection, 5xx after retries, malformed answer, repeating cursor. `cancelled`: stopped by the
 * operator.
 */
export type SourceState = (typeof SOURCE_STATES)[number]

export interface SourceOutcome {
  readonly source: SourceName
  /** The project's external id for a per-project source, else null. */
  readonly project: string | null
  readonly state: SourceState
  /** The number of rows that the provider reports, if it does. */
  readonly expected: number | null
  readonly fetched: number
  /** Rows left out, with the reason of each kind (an archived project that returns 400, a row without an id). */
  readonly excluded: readonly Exclusion[]
  /** Why it is not complete, in words an operator can act on; null when complete. */
  readonly reason: string | null
  /** The kind of that; left out when complete, and where nothing failed. */
  readonly fault?: ConnectionFault | null
}

/** How many rows of a list were read; null where none was and it was not read to its end: a list that was refused is not one of 0 rows. */
export function countRead({ state, fetched }: { readonly state: string; readonly fetched: number }): number | null {
  return fetched === 0 && state !== 'complete' ? null : fetched
}

/** Lists of what narrows access, of how it is used, or of what was done: they give no one any, so that without them it is known who may do what. */
const WITHOUT_ACCESS: ReadonlySet<SourceName> = new Set([
  'guardrails',
  'settings',
  'project-settings',
  'user-activity',
  'audit-log',
])

/**
 * True if a source that ended so is missed: it exists, and access or limits are unknown without it. One that gives
 * no one access and that the credential may not read is stated in the coverage, and is not missed.
 */
export function isMissed({ source, state }: { readonly source: string; readonly state: string }): boolean {
  if (state === 'complete' || state === 'unavailable') return false
  return state !== 'denied' || !(WITHOUT_ACCESS as ReadonlySet<string>).has(source)
}

/** A source that a reading did not read completely, and its project if it has one. */
export type UnfinishedPart = Pick<SourceOutcome, 'source' | 'project'>

export interface Exclusion {
  readonly count: number
  readonly reason: string
}

const LABELS: Readonly<Record<SourceName, string>> = {
  organization: 'Organization',
  projects: 'Projects',
  users: 'Users',
  'user-addresses': 'Addresses of users',
  'user-activity': 'Activity of users',
  invites: 'Invites',
  'admin-keys': 'Admin keys',
  roles: 'Roles',
  groups: 'Groups',
  'group-users': 'Group members',
  'group-roles': 'Group roles',
  'user-roles': 'User roles',
  'project-users': 'Project users',
  'project-groups': 'Project groups',
  'project-group-roles': 'Project group roles',
  'project-service-accounts': 'Service accounts',
  'project-roles': 'Project roles',
  'project-user-roles': 'Project user roles',
  'service-accounts': 'Service accounts of the organization',
  'service-account-projects': 'Projects of service accounts',
  'identity-providers': 'Identity providers of workloads',
  'federation-rules': 'Federation rules',
  certificates: 'Certificates',
  'project-certificates': 'Project certificates',
  'project-keys': 'Project keys',
  'deposited-keys': 'Deposited keys of other vendors',
  guardrails: 'Guardrails',
  settings: 'Settings of the organization',
  'project-settings': 'Project settings',
  keys: 'Keys',
  'rate-limits': 'Rate limits',
  'spend-limits': 'Spend limits',
  'spend-alerts': 'Spend alerts',
  'member-spend-limits': 'Spend limits of members',
  'shared-budgets': 'Budgets that keys share',
  'project-rate-limits': 'Project rate limits',
  'project-spend-limits': 'Project spend limits',
  'project-spend-alerts': 'Project spend alerts',
  'audit-log': 'Provider log',
  'register-file': 'Register file',
  'people-file': 'People file',
  'keys-file': 'Keys file',
  'service-accounts-file': 'Service accounts file',
}

export function sourceLabel(source: SourceName): string {
  return LABELS[source]
}

/** Sources whose rows are events, so that each sync reads others. */
export function isLog(source: SourceName): boolean {
  return source === 'audit-log' || source === 'user-activity'
}

/** Sources that came from a file rather than from a provider; a live sync of the connection supersedes their facts. */
export function isFileSource(source: SourceName): boolean {
  return source.endsWith('-file')
}
