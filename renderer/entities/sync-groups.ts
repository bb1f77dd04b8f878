import type { SyncProgress } from '../../shared/contract/sync.ts'
import type { SourceName } from '../../shared/domain/source.ts'
import { getReadingEnd } from './completeness.ts'

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
      'shared-budgets',
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
  /** `partial`: some lists were read to their end and others could not be. `notOffered`: the organization has none of them. */
  readonly state: 'next' | 'reading' | 'read' | 'partial' | 'notRead' | 'notOffered'
  /** Rows so far. */
  readonly rows: number
}

/** How far the sync is: under way, ended with an answer, or ended without one. */
export type SyncEnding = 'underWay' | 'answered' | 'failed'

/** The progress of a sync, added up by group. */
export function groupProgress(sources: readonly SourceProgress[], ending: SyncEnding): readonly SyncGroup[] {
  return GROUPS.flatMap(({ label, sources: names, optional }) => {
    const own = sources.filter(({ source }) => names.includes(source))
    if (optional && own.length === 0) return []
    const rows = own.reduce((sum, { fetched }) => sum + fetched, 0)
    return { label, rows, state: getGroupState(own, ending) }
  })
}

function getGroupState(own: readonly SourceProgress[], ending: SyncEnding): SyncGroup['state'] {
  if (ending === 'underWay' && own.length === 0) return 'next'
  if (ending === 'underWay' && own.some(({ state }) => state === 'reading')) return 'reading'
  // A group without a list was reached by no request: only a sync with an answer has shown that there is none.
  if (own.length === 0) return ending === 'failed' ? 'notRead' : 'notOffered'
  const ends = new Set(own.map(getReadingEnd))
  if (ends.has('notRead')) return ends.has('read') ? 'partial' : 'notRead'
  return ends.has('read') ? 'read' : 'notOffered'
}
