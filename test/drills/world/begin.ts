import type { Draw } from './draw.ts'
import {
  DAY,
  day,
  type Key,
  type Organization,
  type Owner,
  type Project,
  type User,
  type Vendor,
  type World,
} from './state.ts'

const FIRST = [
  'Ana',
  'Bo',
  'Carl',
  'Dana',
  'Edda',
  'Finn',
  'Gil',
  'Hana',
  'Ines',
  'Jon',
  'Kaya',
  'Lars',
  'Mona',
  'Nils',
]
const LAST = ['Ruiz', 'Voss', 'Lind', 'Beck', 'Okafor', 'Novak', 'Sato', 'Reyes', 'Holm', 'Khan', 'Moreau', 'Zeman']

const SERVICES = ['api', 'chat', 'search', 'billing', 'worker', 'report', 'triage', 'import']
const TEAMS = ['web', 'data', 'core', 'ops']
const ENVIRONMENTS = ['prod', 'dev', 'staging', 'test']

/** The roles of each vendor: on the organization, the strongest first, and in a project. */
export const ROLES: Readonly<Record<Vendor, { organization: readonly string[]; project: readonly string[] }>> = {
  openai: { organization: ['owner', 'reader'], project: ['owner', 'member', 'viewer'] },
  anthropic: {
    organization: ['admin', 'developer', 'billing', 'user'],
    project: ['workspace_admin', 'workspace_developer', 'workspace_billing', 'workspace_user'],
  },
  file: { organization: ['Owner', 'Contributor', 'Reader'], project: ['Owner', 'Contributor', 'Reader'] },
}

export function takeNumber(world: World): number {
  world.last += 1
  return world.last
}

/** A person who is not known yet, with an address in one of some domains. */
export function newPerson(world: World, draw: Draw, domains: readonly string[]): { name: string; email: string } {
  const [first, last] = [draw.one(FIRST), draw.one(LAST)]
  const n = takeNumber(world)
  return { name: `${first} ${last}`, email: `${first}.${last}${n}@${draw.one(domains)}`.toLowerCase() }
}

export function newUser(
  world: World,
  person: { name: string; email: string },
  role: string | null,
  addedAt: number,
): User {
  return { id: `user-${takeNumber(world)}`, ...person, role, addedAt }
}

export function newProject(world: World, draw: Draw, createdAt: number): Project {
  const n = takeNumber(world)
  const word = draw.one(['Bank', 'Shop', 'Fraud', 'Lab', 'Desk', 'Atlas'])
  const environment = draw.one(['', '-Prod', '-Dev'])
  return {
    id: `proj_${n}`,
    name: `${word}${environment} ${n}`,
    createdAt,
    archivedAt: null,
    isDefault: false,
    grants: [],
  }
}

/** A name by the convention, or one that people give without thinking. No two have the same stem. */
export function keyName(world: World, draw: Draw): string {
  const n = takeNumber(world)
  if (draw.chance(0.2)) return draw.one([`my key ${n}`, `test key ${n}`, `Laptop ${n}`, `prod backup ${n}`])
  return `${draw.one(ENVIRONMENTS)}-${draw.one(TEAMS)}-${draw.one(SERVICES)}${n}`
}

export function newKey(world: World, draw: Draw, known: Pick<Key, 'kind' | 'project' | 'owner' | 'createdAt'>): Key {
  return {
    id: `key_${takeNumber(world)}`,
    name: keyName(world, draw),
    usedAt: draw.chance(0.3) ? null : known.createdAt,
    expiresAt: draw.chance(0.15) ? known.createdAt + (20 + draw.below(500)) * DAY : null,
    status: 'active',
    replaces: null,
    ...known,
  }
}

export const asOwner = ({ id, name }: { id: string; name: string }, kind: Owner['kind']): Owner => ({ kind, id, name })

interface Begun {
  client: string
  vendor: Vendor
  id: string
  domain: string
}

/** An organization with some people, projects, groups and keys, as it was before the first reading. */
function beginOrganization(
  world: World,
  draw: Draw,
  { client, vendor, id, domain }: Begun,
  start: number,
): Organization {
  const ago = (): number => start - (1 + draw.below(400)) * DAY - draw.below(86_400) * 1000
  const roles = ROLES[vendor]
  const organization: Organization = {
    client,
    vendor,
    id,
    name: `${client} ${vendor}`,
    users: [],
    strangers: [],
    groups: [],
    projects: [],
    robots: [],
    invites: [],
    keys: [],
    limits: [],
    bills: [],
  }
  for (let n = 0; n < 7; n++) {
    const role = n < 2 ? roles.organization[0] : draw.one(roles.organization)
    organization.users.push(newUser(world, newPerson(world, draw, [domain]), role ?? null, ago()))
  }
  for (let n = 0; n < 4; n++) {
    const project = newProject(world, draw, ago())
    for (const { id: who } of organization.users) {
      if (draw.chance(0.4)) project.grants.push({ who, role: draw.one(roles.project) })
    }
    organization.projects.push(project)
  }
  if (vendor !== 'anthropic') {
    for (let n = 0; n < 2; n++) {
      const members = organization.users.filter(() => draw.chance(0.3)).map(({ id: who }) => who)
      const stranger = newUser(world, newPerson(world, draw, [domain]), null, ago())
      // An organization of a file names everyone, so that no one is in a group alone.
      if (vendor === 'openai') organization.strangers.push(stranger)
      else organization.users.push(stranger)
      const group = {
        id: `group-${takeNumber(world)}`,
        name: `Team ${n}`,
        role: null,
        members: [...members, stranger.id],
      }
      organization.groups.push(group)
      draw.one(organization.projects).grants.push({ who: group.id, role: draw.one(roles.project) })
    }
    for (const { id: project } of organization.projects.slice(0, 2)) {
      addRobot(world, organization, project, ago())
    }
  }
  for (let n = 0; n < 8; n++) {
    const { id: project } = draw.one(organization.projects)
    const owner = n === 0 && vendor === 'openai' ? NEVER_LISTED : asOwner(draw.one(organization.users), 'user')
    organization.keys.push(newKey(world, draw, { kind: 'project', project, owner, createdAt: ago() }))
  }
  organization.keys.push(
    newKey(world, draw, {
      kind: 'project',
      project: organization.projects[0]?.id ?? null,
      owner: 'unknown',
      createdAt: ago(),
    }),
  )
  if (vendor !== 'anthropic') {
    const owner = asOwner(draw.one(organization.users), 'user')
    organization.keys.push(newKey(world, draw, { kind: 'admin', project: null, owner, createdAt: ago() }))
  }
  for (const robot of organization.robots) {
    const owner = asOwner(robot, 'service-account')
    organization.keys.push(newKey(world, draw, { kind: 'project', project: robot.project, owner, createdAt: ago() }))
  }
  return organization
}

/** A service account, with a role in its project. */
export function addRobot(world: World, organization: Organization, project: string, createdAt: number): void {
  const id = `svc_${takeNumber(world)}`
  organization.robots.push({ id, name: `robot-${world.last}`, project, createdAt })
  const role = organization.vendor === 'file' ? 'Contributor' : 'member'
  organization.projects.find((one) => one.id === project)?.grants.push({ who: id, role })
}

export const NEVER_LISTED: Owner = { kind: 'user', id: 'user-never', name: 'Never Listed' }

/** The agency itself and three clients, some weeks to a year old. */
export function beginWorld(draw: Draw, start: number): World {
  const world: World = {
    clients: [
      { slug: 'wharf', name: 'Wharf', kind: 'internal', domains: ['wharf.example'] },
      { slug: 'kelp', name: 'Kelp', kind: 'client', domains: ['kelp.example'] },
      { slug: 'ostrava', name: 'Ostrava', kind: 'client', domains: ['ostrava.example', 'ostrava.test'] },
      { slug: 'cedar', name: 'Cedar', kind: 'client', domains: ['cedar.example'] },
    ],
    organizations: [],
    last: 0,
  }
  const begun: Begun[] = [
    { client: 'wharf', vendor: 'openai', id: 'org-wharf', domain: 'wharf.example' },
    { client: 'kelp', vendor: 'openai', id: 'org-kelp', domain: 'kelp.example' },
    { client: 'ostrava', vendor: 'anthropic', id: 'org_ostrava', domain: 'ostrava.example' },
    { client: 'cedar', vendor: 'file', id: 'tenant-cedar', domain: 'cedar.example' },
  ]
  for (const one of begun) world.organizations.push(beginOrganization(world, draw, one, start))
  // More than half a year, so that a first reading of usage begins within a month.
  for (const organization of world.organizations) {
    for (let ago = 220; ago > 0; ago--) bill(draw, organization, day(start - ago * DAY))
  }
  lend(world, draw, start)
  return world
}

/** People of the agency, and one from outside, have accounts at its clients. */
function lend(world: World, draw: Draw, start: number): void {
  const [agency, ...clients] = world.organizations
  for (const organization of clients) {
    const { name, email } = draw.one(agency?.users ?? [])
    const addedAt = start - 30 * DAY
    const role = draw.one(ROLES[organization.vendor].organization)
    organization.users.push(
      newUser(world, { name, email: draw.chance(0.5) ? email.toUpperCase() : email }, role, addedAt),
    )
    organization.users.push(newUser(world, newPerson(world, draw, ['freelance.example']), role, addedAt))
  }
}

const MODELS = ['gpt-5.4', 'claude-sonnet-5', 'small']

/** Some keys are used often, the others hardly ever. */
const isBusy = ({ id }: Key): boolean => Number(id.replaceAll(/\D/gu, '')) % 5 < 2

/** What the keys of a project used on a day, and now and then a credit. */
export function bill(draw: Draw, organization: Organization, on: string): void {
  for (const key of organization.keys) {
    const { id, project, createdAt } = key
    if (project === null || createdAt > Date.parse(on) || !isBusy(key) || !draw.chance(0.15)) continue
    const isCredit = draw.chance(0.04)
    // The reports of the two APIs are in thousandths of a cent; a file is in billionths of a dollar.
    const most = organization.vendor === 'file' ? 3_000_000_000 : 300_000
    const unit = organization.vendor === 'file' ? 1n : 10_000n
    organization.bills.push({
      day: on,
      project,
      key: id,
      model: draw.one(MODELS),
      requests: isCredit ? 0 : 1 + draw.below(50),
      input: isCredit ? 0 : draw.below(100_000),
      output: isCredit ? 0 : draw.below(10_000),
      nano: BigInt(draw.below(most)) * unit * (isCredit ? -1n : 1n),
    })
    if (!isCredit) key.usedAt = Math.max(key.usedAt ?? 0, Date.parse(on) + 1_800_000)
  }
}
