import type { SyncProgress } from '../../shared/contract/sync.ts'
import type { SourceName } from '../../shared/domain/source.ts'

type SourceProgress = SyncProgress['sources'][number]

interface ListGroup {
  readonly label: string
  readonly sources: readonly SourceName[]
  /** Left out where the provider has none of it. */
  readonly optional?: true
}

/** The lists of a sync in the groups that a person thinks in, in the order of the window. */
const GROUPS: readonly ListGroup[] = [
  {
    label: 'People, groups and roles',
    sources: [
      'organization',
      'users',
      'user-addresses',
      'user-activity',
      'invites',
      'groups',
      'group-users',
      'group-roles',
      'roles',
      'user-roles',
      'service-accounts',
    ],
  },
  {
    label: 'Projects and their members',
    sources: [
      'projects',
      'project-users',
      'project-groups',
      'project-group-roles',
      'project-service-accounts',
      'service-account-projects',
      'project-roles',
      'project-user-roles',
    ],
  },
  {
    label: 'Keys',
    sources: [
      'keys',
      'admin-keys',
      'project-keys',
      'deposited-keys',
      'identity-providers',
      'federation-rules',
      'certificates',
      'project-certificates',
    ],
  },
  {
    label: 'Limits and alerts',
    sources: [
      'rate-limits',
      'spend-limits',
      'spend-alerts',
      'member-spend-limits',
      'project-rate-limits',
      'project-spend-limits',
      'project-spend-alerts',
      'guardrails',
      'settings',
      'project-settings',
    ],
  },
  { label: 'Provider log', sources: ['audit-log'], optional: true },
]

export interface SyncGroup {
  readonly label: string
  /** `lacking`: at least one list of it could not be read. */
  readonly state: 'next' | 'reading' | 'read' | 'lacking'
  /** Rows so far. */
  readonly rows: number
}

/** The progress of a sync, added up by group. `ended`: nothing more is read. */
export function groupProgress(sources: readonly SourceProgress[], ended: boolean): readonly SyncGroup[] {
  return GROUPS.flatMap(({ label, sources: names, optional }) => {
    const own = sources.filter(({ source }) => names.includes(source))
    if (optional && own.length === 0) return []
    const rows = own.reduce((sum, { fetched }) => sum + fetched, 0)
    return { label, rows, state: groupState(own, ended) }
  })
}

function groupState(own: readonly SourceProgress[], ended: boolean): SyncGroup['state'] {
  const isUnder = own.some(({ state }) => state === 'reading')
  if (isUnder && !ended) return 'reading'
  if (
    own.some(({ state }) => state === 'denied' || state === 'failed' || state === 'cancelled' || state === 'reading')
  ) {
    return 'lacking'
  }
  return own.length === 0 && !ended ? 'next' : 'read'
}
