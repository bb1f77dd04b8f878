import { computeStart, getDay } from '../../../shared/domain/day.ts'
import type { Fact, KeyFact } from '../../../shared/domain/facts.ts'
import type { ProviderId } from '../../../shared/domain/providers/providers.ts'
import { getLevel } from '../../../shared/domain/providers/roles.ts'
import type { SourceName, SourceOutcome } from '../../../shared/domain/source.ts'
import { grantFact, keyFact, limitFact, type Owners, principalFacts, projectFact } from '../../providers/file/facts.ts'
import { isRead } from '../../providers/kit/coverage.ts'
import { organizationGrant, projectGrant } from '../../providers/kit/grants.ts'
import { getProvider } from '../../providers/registry.ts'
import type { SourcedFacts } from '../../register/apply/reading.ts'
import type { OrganizationDescription } from './client.ts'
import { between, letters } from './draw.ts'
import { type Content, getContent } from './content.ts'

export interface SampleSync {
  /** Milliseconds since the epoch, UTC. */
  readonly startedAt: number
  readonly finishedAt: number
  readonly facts: readonly SourcedFacts[]
  readonly outcomes: readonly SourceOutcome[]
}

/** When the sync of a day began: after everything of that day was made. */
function getStart(instant: string): number {
  return computeStart(getDay(Date.parse(instant))) + 9.5 * 3_600_000
}

/** The syncs of an organization, earliest first, as its provider would have answered them. */
export function makeSyncs(organization: OrganizationDescription): readonly SampleSync[] {
  const { syncs, rejected } = organization
  const made = syncs.map((instant, n) => makeSync(organization, getStart(instant), n === syncs.length - 1))
  return rejected === undefined
    ? made
    : [...made, makeRejected(organization.provider, getStart(rejected.on), rejected.reason)]
}

/** A sync that ended at its first list, because the provider rejected the admin key. */
function makeRejected(provider: ProviderId, startedAt: number, reason: string): SampleSync {
  const [source = 'users'] = listSources(provider)
  const empty = { project: null, expected: null, fetched: 0, excluded: [] }
  return {
    startedAt,
    finishedAt: startedAt + 1200,
    facts: [],
    outcomes: [{ source, state: 'failed', fault: 'refused', reason, ...empty }],
  }
}

function makeSync(organization: OrganizationDescription, startedAt: number, isLast: boolean): SampleSync {
  const { provider, label, denied } = organization
  const content = getContent(organization, startedAt, isLast)
  const sourced = Map.groupBy(placeFacts(organization, content), ({ source, project }) => `${source} ${project ?? ''}`)
  const outcomes = listPlaces(provider, content).map(({ source, project }): SourceOutcome => {
    const reason = isLast ? (denied.find((one) => one.source === source)?.reason ?? null) : null
    const facts = sourced.get(`${source} ${project ?? ''}`) ?? []
    const archived = content.projects.filter(({ status }) => status === 'archived').length
    const excluded = source === 'projects' && archived > 0 ? [{ count: archived, reason: ARCHIVED }] : []
    return {
      source,
      project,
      state: reason === null ? 'complete' : 'denied',
      expected: null,
      fetched: reason === null ? new Set(facts.map(({ fact }) => getSubject(fact))).size : 0,
      excluded: reason === null ? excluded : [],
      reason,
    }
  })
  const places = new Set(outcomes.map(({ source, project }) => `${source} ${project ?? ''}`))
  const lost = [...sourced.keys()].find((place) => !places.has(place))
  if (lost !== undefined) throw new Error(`The sample describes rows of a list that ${label} does not have: ${lost}`)
  return {
    startedAt,
    finishedAt: startedAt + between(`took/${label}`, 4000, 19_000),
    facts: outcomes
      .filter(({ state }) => state === 'complete')
      .map(({ source, project }) => {
        const facts = sourced.get(`${source} ${project ?? ''}`) ?? []
        return { source, project, facts: facts.map(({ fact }) => fact) }
      }),
    outcomes,
  }
}

const ARCHIVED = 'An archived project: only its keys are read.'

interface Place {
  readonly source: SourceName
  readonly project: string | null
}

/** The lists that a sync reads with any admin key, and those of each project that is not archived. */
function listPlaces(provider: ProviderId, { projects }: Content): readonly Place[] {
  return listSources(provider).flatMap((source): readonly Place[] => {
    if (!source.startsWith('project-')) return [{ source, project: null }]
    const read = projects.filter(({ status }) => status === 'active' || source === 'project-keys')
    return read.map(({ id: project }) => ({ source, project }))
  })
}

/** The sample describes no settings, and its log is filled from the facts. */
const NOT_DESCRIBED: ReadonlySet<SourceName> = new Set(['settings', 'project-settings', 'guardrails', 'audit-log'])

function listSources(provider: ProviderId): readonly SourceName[] {
  const offers = getProvider(provider)
    .coverage(null)
    .offers.filter(isRead)
    .filter(({ needs }) => needs === null)
  return [...new Set(offers.flatMap(({ sources }) => sources))].filter((source) => !NOT_DESCRIBED.has(source))
}

/** A row of a list, whatever it reports of that row. */
function getSubject(fact: Fact): string {
  if ('externalId' in fact) return fact.externalId
  if (fact.type === 'grant') return fact.principal
  return JSON.stringify(fact)
}

type FactPlace = Place & { readonly fact: Fact }

/** The lists that may report a fact, by preference: the first that the provider has is taken. */
const LISTS = {
  organization: ['organization', 'roles'],
  project: ['projects'],
  user: ['users'],
  invite: ['invites', 'users'],
  group: ['groups', 'users'],
  'service-account': ['project-service-accounts', 'users'],
  membership: ['group-users'],
  'role of user': ['project-users', 'user-roles'],
  'role of group': ['project-group-roles', 'user-roles'],
  'role of service-account': ['project-service-accounts', 'user-roles'],
  'role of invite': ['invites', 'user-roles'],
  'admin key': ['admin-keys', 'keys'],
  key: ['project-keys', 'keys'],
  rate: ['project-rate-limits', 'rate-limits'],
  'rate of all': ['rate-limits'],
  spend: ['project-spend-limits', 'spend-limits'],
  'spend of all': ['spend-limits'],
  alert: ['project-spend-alerts', 'spend-alerts'],
  'alert of all': ['spend-alerts'],
  federation: ['federation-rules'],
  certificate: ['certificates'],
} as const satisfies Readonly<Record<string, readonly SourceName[]>>

function placeFacts(organization: OrganizationDescription, content: Content): readonly FactPlace[] {
  const { provider } = organization
  const sources = new Set(listSources(provider))
  const place = (list: keyof typeof LISTS, project: string | null, facts: readonly Fact[]): readonly FactPlace[] => {
    const source = LISTS[list].find((each) => sources.has(each))
    if (source === undefined) throw new Error(`${provider} has no list for what the sample describes: ${list}`)
    return facts.map((fact) => ({ source, project: source.startsWith('project-') ? project : null, fact }))
  }
  const { projects, principals, grants, keys, limits } = content
  const kinds = new Map(principals.map(({ id, kind }) => [id, kind]))
  const { id: externalId, name } = content.organization
  // OpenAI never reports the name of an organization.
  const named = { name: provider === 'openai' ? null : (name ?? null) }
  const platform = provider === 'file' ? { platform: content.platform } : {}
  return [
    ...place('organization', null, [{ type: 'organization', externalId, ...named, ...platform }]),
    ...projects.flatMap((row) => place('project', null, [projectFact(row)])),
    ...principals.flatMap((row) => {
      const home = grants.find(({ principal }) => principal === row.id)?.project ?? null
      const facts = principalFacts(row).map((fact) => asReported(provider, fact, row.reachesProjects))
      return place(row.kind, home, content.holders.has(row.id) ? facts : facts.slice(0, 1))
    }),
    ...principals.flatMap(({ id: group, members = [] }) =>
      members.flatMap((member) => place('membership', null, [{ type: 'membership', group, member }])),
    ),
    ...grants.flatMap((row) => {
      const fact = asReported(provider, grantFact(row), row.reachesProjects)
      return place(`role of ${kinds.get(row.principal) ?? 'user'}`, row.project, [fact])
    }),
    ...keys.flatMap((row) => {
      const fact = asReportedKey(organization, content, keyFact(row, toOwners(organization, content)))
      const hint = row.hint === undefined ? drawHint(provider, fact) : fact.hint
      return place(row.kind === 'admin' ? 'admin key' : 'key', fact.project, [{ ...fact, hint }])
    }),
    ...limits.flatMap((row) => {
      const list = row.enforcement === 'alert' ? 'alert' : row.kind
      const fact = limitFact(row)
      return place(fact.project === null ? `${list} of all` : list, fact.project, [fact])
    }),
    ...federationFacts(organization, content).flatMap((fact) => place('federation', null, [fact])),
    ...certificateFacts(organization, content).flatMap((fact) => place('certificate', null, [fact])),
  ]
}

/** A principal or a role as the provider reports it, whose words have levels of their own. */
function asReported(provider: ProviderId, fact: Fact, reachesProjects: boolean | undefined): Fact {
  if (provider === 'file') return fact
  if (fact.type === 'principal') {
    return { ...fact, level: fact.roleRaw === null ? null : getLevel(provider, 'organization', fact.roleRaw) }
  }
  if (fact.type !== 'grant') return fact
  if (fact.project !== null) return projectGrant(provider, fact.project, fact)
  const { impliedRoleRaw, impliedLevel } = fact
  return { ...organizationGrant(provider, fact), ...(reachesProjects ? { impliedRoleRaw, impliedLevel } : {}) }
}

/** OpenAI continues to name the owners of keys who have left. */
function toOwners({ provider, before }: OrganizationDescription, { principals }: Content): Owners {
  const former = provider === 'openai' ? (before.principals ?? []) : []
  return new Map([...former, ...principals].map((row) => [row.id, row]))
}

/** OpenAI reports whether the owner of a project's key still has access to the project. */
function asReportedKey({ provider }: OrganizationDescription, content: Content, fact: KeyFact): KeyFact {
  if (provider !== 'openai' || fact.kind !== 'project' || fact.owner === null) return fact
  const { externalId, kind } = fact.owner
  const reaches = kind === 'service-account' || reachesProject(content, externalId, fact.project)
  return { ...fact, ownerAccess: reaches ? 'active' : 'inactive' }
}

/** True if a person has access to a project: as an owner, to all of them, or by a role of their own or of a group. */
function reachesProject({ principals, grants }: Content, person: string, project: string | null): boolean {
  const account = principals.find(({ id }) => id === person)
  if (account === undefined) return false
  if (account.role === 'owner' || account.reachesProjects === true) return true
  const groups = principals.filter(({ members = [] }) => members.includes(person)).map(({ id }) => id)
  return grants.some((grant) => grant.project === project && [person, ...groups].includes(grant.principal))
}

const HINTS: Readonly<Partial<Record<ProviderId, string>>> = {
  openai: 'sk-proj-…',
  anthropic: 'sk-ant-api03-…',
  openrouter: 'sk-or-v1-…',
}

function drawHint(provider: ProviderId, { externalId, kind, name }: KeyFact): string {
  const start = provider === 'openai' && kind === 'admin' ? 'sk-admin-…' : (HINTS[provider] ?? '…')
  return `${start}${letters(`hint/${externalId}/${name}`, 4)}`
}

function federationFacts({ federation }: OrganizationDescription, { at, grants }: Content): readonly Fact[] {
  return federation
    .filter(({ createdAt }) => Date.parse(createdAt) <= at)
    .map(({ id, name, account, subject, createdAt }): Fact => {
      const project = grants.find(({ principal }) => principal === account)?.project ?? null
      return {
        type: 'federation',
        externalId: id,
        name,
        status: 'active',
        account,
        projects: project === null ? null : [project],
        reachesOrganization: false,
        level: null,
        issuer: 'https://token.actions.githubusercontent.com',
        issuerName: 'GitHub Actions',
        issuerStatus: 'active',
        audience: 'https://api.openai.com/v1',
        subject,
        claims: {},
        condition: null,
        scopes: null,
        lifetimeSeconds: null,
        createdAt: Date.parse(createdAt),
      }
    })
}

function certificateFacts({ certificates }: OrganizationDescription, { at }: Content): readonly Fact[] {
  return certificates
    .filter(({ createdAt }) => Date.parse(createdAt) <= at)
    .map(({ id, name, createdAt, expiresAt }): Fact => {
      const uploaded = Date.parse(createdAt)
      const ends = Date.parse(expiresAt)
      const given = { externalId: id, project: null, name, active: true, validAt: uploaded, createdAt: uploaded }
      return { type: 'certificate', ...given, expiresAt: ends }
    })
}
