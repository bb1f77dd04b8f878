import { accounts, isOpen, type Organization, type Seen, type Vendor } from '../state.ts'

/** One role that reaches an account in a project, or (project null) on the organization. */
export interface Reached {
  organization: string
  account: string
  kind: 'user' | 'service-account' | 'invite'
  project: string | null
  role: string
  level: string
  via: 'direct' | 'group' | 'organization'
  viaName: string | null
}

/** What each word of a role amounts to (docs/provider-roles.md, docs/file-provider.md); any other word is `other`. */
const LEVELS: Readonly<Record<Vendor, { organization: Record<string, string>; project: Record<string, string> }>> = {
  openai: {
    organization: { owner: 'owner', reader: 'reader' },
    project: { owner: 'owner', member: 'member', viewer: 'reader' },
  },
  anthropic: {
    organization: { admin: 'admin', developer: 'member', billing: 'billing', user: 'reader' },
    project: {
      workspace_admin: 'admin',
      workspace_developer: 'member',
      workspace_billing: 'billing',
      workspace_user: 'reader',
    },
  },
  file: {
    organization: { Owner: 'owner', Reader: 'reader' },
    project: { Owner: 'owner', Reader: 'reader' },
  },
}

/** The role that a role on the organization is in every active project. */
const CARRIED: Readonly<Record<Vendor, Record<string, string>>> = {
  openai: { owner: 'owner' },
  anthropic: { admin: 'workspace_admin', billing: 'workspace_billing' },
  file: { Owner: 'Owner' },
}

/** Whether a role on the organization is one in each of its projects. */
export const isCarried = (vendor: Vendor, role: string): boolean => CARRIED[vendor][role] !== undefined

const level = (vendor: Vendor, place: 'organization' | 'project', role: string): string =>
  LEVELS[vendor][place][role] ?? 'other'

/** Everything that reaches anyone at an instant, each path for itself: nothing in an archived project, no ended invite. */
export function reachedIn({ organization }: Seen, now: number): Reached[] {
  const { vendor, id, groups, projects, users, robots, invites } = organization
  const open = projects.filter(({ archivedAt }) => archivedAt === null)
  const rows: Reached[] = []
  const add = (
    account: string,
    kind: Reached['kind'],
    row: Pick<Reached, 'project' | 'role' | 'via' | 'viaName'>,
  ): void => {
    rows.push({
      organization: id,
      account,
      kind,
      level: level(vendor, row.project === null ? 'organization' : 'project', row.role),
      ...row,
    })
  }
  const addOrganization = (account: string, kind: Reached['kind'], role: string, group: string | null): void => {
    add(account, kind, { project: null, role, via: group === null ? 'direct' : 'group', viaName: group })
    const carried = CARRIED[vendor][role]
    if (carried === undefined) return
    for (const project of open) {
      const path =
        group === null ? ({ via: 'organization', viaName: role } as const) : ({ via: 'group', viaName: group } as const)
      add(account, kind, { project: project.id, role: carried, ...path })
    }
  }
  for (const user of users) if (user.role !== null) addOrganization(user.id, 'user', user.role, null)
  for (const group of groups) {
    for (const member of group.members) {
      if (group.role !== null) addOrganization(member, 'user', group.role, group.name)
      for (const project of open) {
        for (const { who, role } of project.grants) {
          if (who === group.id) add(member, 'user', { project: project.id, role, via: 'group', viaName: group.name })
        }
      }
    }
  }
  const people = new Set(accounts(organization).map((account) => account.id))
  const machines = new Set(robots.map((robot) => robot.id))
  for (const project of open) {
    for (const { who, role } of project.grants) {
      const kind = people.has(who) ? 'user' : machines.has(who) ? 'service-account' : null
      if (kind !== null) add(who, kind, { project: project.id, role, via: 'direct', viaName: null })
    }
  }
  for (const invite of invites.filter((one) => isOpen(one, now))) {
    addOrganization(invite.id, 'invite', invite.role, null)
    for (const { project, role } of invite.projects) {
      if (open.some((one) => one.id === project))
        add(invite.id, 'invite', { project, role, via: 'direct', viaName: null })
    }
  }
  return rows
}

/** Whether an account is one of those that an organization has. */
export function isListed(organization: Organization, account: string): boolean {
  return [...accounts(organization), ...organization.robots].some(({ id }) => id === account)
}
