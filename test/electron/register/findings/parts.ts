import type { Fact, FederationFact, GrantFact, KeyFact, LimitFact } from '../../../../shared/domain/facts.ts'
import { grant, type Part, project, user } from '../registers.ts'
import { ago, type World } from './worlds.ts'

/** An organization with one key that differs from a faultless one. */
export function keyWorld(over: Partial<KeyFact>, world: Omit<World, 'keys'> = {}): World {
  return { ...world, keys: [over] }
}

/** Key owners: one whom no list contains, and a service account. */
export const stranger = { externalId: 'zoe', kind: 'user', name: 'Zoe', email: 'zoe@acme.example' } as const
export const account = { externalId: 'svc', kind: 'service-account', name: 'svc', email: null } as const

export const used = (days: number): Partial<KeyFact> => ({ lastUse: { state: 'known', at: ago(days) } })

export const never = (days: number): Partial<KeyFact> => ({ lastUse: { state: 'never' }, createdAt: ago(days) })

export const admin = (over: Partial<KeyFact> = {}): Partial<KeyFact> => ({
  kind: 'admin',
  project: null,
  ownerAccess: null,
  ...over,
})

export const admins = (count: number): readonly Partial<KeyFact>[] =>
  Array.from({ length: count }, (_, n) => admin({ name: `admin ${n}` }))

export const owner = (
  name: string,
  email = `${name}@acme.example`,
  lastUsedAt: number | null = null,
): readonly Fact[] => [
  user(name, { email, roleRaw: 'owner', level: 'owner', lastUsedAt }),
  grant(name, null, { roleRaw: 'owner', level: 'owner' }),
]

export const owners = (count: number): readonly Fact[] => Array.from({ length: count }, (_, n) => owner(`o${n}`)).flat()

/** An external person, with roles on projects. */
export const guest = (...projects: readonly string[]): readonly Fact[] => [
  user('eve', { email: 'eve@elsewhere.example' }),
  ...projects.map((each) => grant('eve', each)),
]

export const invite = (sentAt: number, expiresAt: number | null, status = 'pending'): readonly Fact[] => [
  user('inv', { kind: 'invite', email: 'new@acme.example', status, addedAt: sentAt, expiresAt }),
]

export const limit = (of: string | null, over: Partial<LimitFact> = {}): LimitFact => ({
  type: 'limit',
  externalId: `spend:${of ?? 'org'}`,
  project: of,
  kind: 'spend',
  enforcement: 'alert',
  metric: 'usd',
  model: null,
  amount: 1_000_000,
  period: 'month',
  ...over,
})

export const two = [project('proj_a', { name: 'Web' }), project('proj_b', { name: 'Shop' })]
export const archived = [project('proj_a', { name: 'Web', status: 'archived' })]

/** Lists of limits that were read, with their contents. */
export const spendRead = (facts: readonly Fact[] = []): readonly Part[] => [{ source: 'spend-limits', facts }]
export const projectSpendRead = (facts: readonly Fact[] = []): readonly Part[] => [
  { source: 'project-spend-limits', project: 'proj_a', facts },
]
export const perProject = { policy: { spendControl: 'project' } } as const

/** A federation rule of the service account "ci" that names one branch of a repository. */
export const federation = (over: Partial<FederationFact> = {}): FederationFact => ({
  type: 'federation',
  externalId: 'rule_1',
  name: 'deploy',
  status: 'active',
  account: 'ci',
  projects: null,
  reachesOrganization: false,
  level: null,
  issuer: 'https://token.actions.githubusercontent.com',
  issuerName: 'GitHub',
  issuerStatus: 'active',
  audience: null,
  subject: 'repo:acme/web:ref:refs/heads/main',
  claims: {},
  condition: null,
  scopes: null,
  lifetimeSeconds: null,
  createdAt: ago(100),
  ...over,
})

/** The same where the roles of the account were not read. */
export const withoutRoles = (world: World): World => ({
  ...world,
  more: world.more?.map((part) => ({ ...part, facts: part.facts.filter(({ type }) => type !== 'grant') })) ?? [],
})

/** The service account "ci" with a role, and federation rules that were read. */
export const federated = (
  rules: readonly Partial<FederationFact>[],
  role: Partial<GrantFact> = {},
  world: Omit<World, 'more'> = {},
): World => ({
  ...world,
  more: [
    {
      source: 'service-accounts',
      facts: [
        user('ci', { kind: 'service-account', name: 'ci', email: null, roleRaw: null, level: null }),
        grant('ci', role.project === undefined ? 'proj_a' : role.project, {
          roleRaw: 'member',
          level: 'member',
          ...role,
        }),
      ],
    },
    { source: 'federation-rules', facts: rules.map((over, n) => federation({ externalId: `rule_${n}`, ...over })) },
  ],
})
