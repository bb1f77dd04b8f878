import { accounts, isOpen, type Organization, type Seen } from '../state.ts'
import { isCarried, reachedIn } from './access.ts'
import { dueOn, findHolder, hasExpired } from './keys.ts'

export interface GrantLine {
  organization: string
  account: string
  kind: string
  role: string | null
  level: string | null
  project: string | null
  path: string
  via: string | null
}

/** Every role with its path, and a line without a role for everyone who has none. */
export function grantLines(seen: Seen, now: number): GrantLine[] {
  const { organization } = seen
  const lines: GrantLine[] = reachedIn(seen, now).map(({ via, viaName, ...row }) => ({
    ...row,
    path: via,
    via: viaName,
  }))
  const everyone = [
    ...accounts(organization).map(({ id }) => ({ id, kind: 'user' })),
    ...organization.robots.map(({ id }) => ({ id, kind: 'service-account' })),
    ...organization.invites.filter((invite) => isOpen(invite, now)).map(({ id }) => ({ id, kind: 'invite' })),
  ]
  const nothing = { role: null, level: null, project: null, path: 'none', via: null }
  for (const { id, kind } of everyone) {
    if (!lines.some(({ account }) => account === id) && !hasGrant(organization, id)) {
      lines.push({ organization: organization.id, account: id, kind, ...nothing })
    }
  }
  return lines
}

/** Whether an account has any role, also one in an archived project. */
function hasGrant({ groups, projects }: Organization, id: string): boolean {
  const own = [id, ...groups.filter(({ members }) => members.includes(id)).map((group) => group.id)]
  return projects.some(({ grants }) => grants.some(({ who }) => own.includes(who)))
}

export interface KeyLine {
  organization: string
  id: string
  holder: string
  status: string
  dueOn: string | null
}

export function keyLines({ organization }: Seen, now: number): KeyLine[] {
  return organization.keys.map((key) => ({
    organization: organization.id,
    id: key.id,
    holder: findHolder(organization, key),
    status: hasExpired(key, now) ? 'expired' : key.status,
    dueOn: dueOn(organization, key, now)[0],
  }))
}

/** A line of the Markdown register: one for each account of a person, and for each open invite. */
export interface PersonLine {
  organization: string
  address: string
  /** Names; `All` by a role on the organization. */
  projects: string[]
}

export function personLines(seen: Seen, now: number): PersonLine[] {
  const { organization } = seen
  const rows = reachedIn(seen, now)
  const open = organization.invites.filter((invite) => isOpen(invite, now))
  return [...accounts(organization), ...open].map(({ id, email }) => {
    const reached = new Set(
      rows.flatMap(({ account, project }) => (account === id && project !== null ? [project] : [])),
    )
    const names = organization.projects.flatMap((project) => (reached.has(project.id) ? [project.name] : []))
    const reachesAll = rows.some(
      ({ account, project, role }) => account === id && project === null && isCarried(organization.vendor, role),
    )
    if (reachesAll) return { organization: organization.id, address: email, projects: ['All'] }
    return { organization: organization.id, address: email, projects: names.toSorted() }
  })
}
