import type { Seen } from '../state.ts'
import { reachedIn } from './access.ts'

export interface ProjectTruth {
  organization: string
  id: string
  name: string
  status: string
  people: number
  serviceAccounts: number
  keys: number
  limits: number
}

/** Every project, with the accounts that reach it now, its keys and its limits. */
export function projectTruths(seen: Seen, now: number): ProjectTruth[] {
  const { organization } = seen
  const rows = reachedIn(seen, now)
  return organization.projects.map(({ id, name, archivedAt }) => {
    const count = (kind: 'user' | 'service-account'): number =>
      new Set(rows.flatMap((row) => (row.project === id && row.kind === kind ? [row.account] : []))).size
    return {
      organization: organization.id,
      id,
      name,
      status: archivedAt === null ? 'active' : 'archived',
      people: count('user'),
      serviceAccounts: count('service-account'),
      keys: organization.keys.filter(({ project }) => project === id).length,
      limits: organization.limits.filter(({ project }) => project === id).length,
    }
  })
}
