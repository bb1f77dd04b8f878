import * as fc from 'fast-check'

import type { Fact, KeyFact, LimitFact } from '../../../../shared/domain/facts.ts'
import type { Level } from '../../../../shared/domain/role.ts'
import type { SourceState } from '../../../../shared/domain/source.ts'
import { grant, key, project, type Part, user } from '../registers.ts'

/*
 * Random readings of a small organization: any list may be missing, end in any state, and report any subset of the
 * subjects. Few subjects, so that syncs meet the same ones again.
 */

const PROJECTS = ['p1', 'p2', 'p3'] as const
const USERS = ['u1', 'u2', 'u3'] as const
const GROUPS = ['g1', 'g2'] as const
const KEYS = ['k1', 'k2', 'k3', 'k4'] as const

/** Each person has one address, which only some lists report. */
const makeEmail = (id: string): string => `${id}@Acme.example`

const stub = (id: string): Fact =>
  user(id, { name: null, email: null, roleRaw: null, level: null, status: 'active', addedAt: null })

const some = <T>(of: readonly T[]): fc.Arbitrary<T[]> => fc.subarray([...of])

const drawEach = <T>(ids: readonly T[], one: (id: T) => fc.Arbitrary<Fact[]>): fc.Arbitrary<Fact[]> =>
  some(ids).chain((chosen) => fc.tuple(...chosen.map(one)).map((lists) => lists.flat()))

const ROLES: Readonly<Record<string, Level>> = { owner: 'owner', member: 'member', viewer: 'reader' }

const aGrant = (principal: string, on: string | null): fc.Arbitrary<Fact[]> =>
  fc.constantFrom('owner', 'member', 'viewer').map((roleRaw) => [
    grant(principal, on, {
      roleRaw,
      level: ROLES[roleRaw] ?? 'other',
      ...(on === null && roleRaw === 'owner' ? { impliedRoleRaw: 'owner', impliedLevel: 'owner' as const } : {}),
    }),
  ])

const projects = drawEach(PROJECTS, (id) =>
  fc
    .tuple(fc.constantFrom('Web', 'Search'), fc.constantFrom('active' as const, 'archived' as const))
    .map(([name, status]) => [project(id, { name, status })]),
)

const users = drawEach(USERS, (id) =>
  fc
    .tuple(fc.constantFrom('Mara', 'Jonas'), aGrant(id, null))
    .map(([name, grants]) => [user(id, { name, email: makeEmail(id) }), ...grants]),
)

const groups = drawEach(GROUPS, (id) =>
  fc.constant([user(id, { kind: 'group', email: null, roleRaw: null, level: null })]),
)

const groupUsers = drawEach(GROUPS, (group) =>
  drawEach([...USERS, 's1-p1'], (member) => fc.constant([stub(member), { type: 'membership', group, member }])),
)

/** A second list of users' roles, as in an organization with custom roles. */
const userRoles = drawEach(USERS, (id) => aGrant(id, null))

const groupRoles = drawEach(GROUPS, (id) => aGrant(id, null))

const projectUsers = (on: string): fc.Arbitrary<Fact[]> =>
  drawEach(USERS, (id) => aGrant(id, on).map((grants) => [stub(id), ...grants]))

/** The list of a project's groups reports no roles; the unknown role is replaced by what the list of roles reports. */
const projectGroups = (on: string): fc.Arbitrary<Fact[]> =>
  drawEach(GROUPS, (id) => fc.constant([grant(id, on, { roleRaw: 'unknown', level: 'other', givesWay: true })]))

const projectGroupRoles = (on: string): fc.Arbitrary<Fact[]> => drawEach(GROUPS, (id) => aGrant(id, on))

const noRole = (id: string, on: string): Fact[] => [grant(id, on, { roleRaw: 'none', level: 'other', givesWay: true })]

const accountIds = (on: string): readonly string[] => [`s1-${on}`, `s2-${on}`]

const projectUserRoles = (on: string): fc.Arbitrary<Fact[]> =>
  drawEach([...USERS, ...accountIds(on)], (id) => aGrant(id, on))

const accounts = (on: string): fc.Arbitrary<Fact[]> =>
  drawEach(accountIds(on), (id) =>
    fc
      .oneof(aGrant(id, on), fc.constant(noRole(id, on)))
      .map((grants) => [user(id, { kind: 'service-account', email: null, roleRaw: null, level: null }), ...grants]),
  )

const someOwner = (on: string): fc.Arbitrary<Pick<KeyFact, 'ownerState' | 'owner' | 'ownerAccess'>> =>
  fc.oneof(
    fc
      .constantFrom('none' as const, 'unknown' as const)
      .map((ownerState) => ({ ownerState, owner: null, ownerAccess: null })),
    fc
      .tuple(
        fc.constantFrom(...USERS, `s1-${on}`, `s9-${on}`),
        fc.constantFrom(null, 'active' as const, 'inactive' as const),
      )
      .map(([externalId, ownerAccess]) => ({
        ownerState: 'known' as const,
        owner: {
          externalId,
          kind: externalId.startsWith('s') ? ('service-account' as const) : ('user' as const),
          name: null,
          email: null,
        },
        ownerAccess,
      })),
  )

const DAY = 86_400_000
const START = Date.UTC(2026, 0, 1)

const keys = (on: string): fc.Arbitrary<Fact[]> =>
  drawEach(KEYS, (id) =>
    fc
      .record({
        owner: someOwner(on),
        name: fc.constantFrom('prod-web-api', 'prod-web-api-v2', 'dev-web-api', 'odd'),
        status: fc.constantFrom('active', 'inactive'),
        createdAt: fc.constantFrom(null, ...[0, 40, 90].map((n) => START + n * DAY)),
        expiresAt: fc.constantFrom(null, null, START + 100 * DAY, 'unread' as const),
        lastUse: fc.constantFrom<KeyFact['lastUse']>(
          { state: 'never' },
          { state: 'not-reported' },
          { state: 'known', at: START + 95 * DAY },
          { state: 'before', at: START },
        ),
      })
      // A key belongs to one project, which its id contains, so that no two lists report the same key.
      .map(({ owner, ...facts }) => [key(`${id}-${on}`, { ...facts, ...owner, project: on })]),
  )

const limits = drawEach(['spend:a', 'spend:b'], (externalId) =>
  fc.tuple(fc.constantFrom(1, 2), fc.constantFrom(null, 'p1')).map(([amount, on]): LimitFact[] => [
    {
      type: 'limit',
      externalId,
      project: on,
      kind: 'spend',
      enforcement: 'hard',
      metric: 'usd',
      model: null,
      amount,
      period: 'month',
    },
  ]),
)

const someState: fc.Arbitrary<SourceState> = fc.constantFrom(
  'complete',
  'complete',
  'complete',
  'complete',
  'denied',
  'unavailable',
  'failed',
  'cancelled',
)

/** A list that may be missing; an incomplete list has reported part of its facts. */
const aPart = (source: Part['source'], facts: fc.Arbitrary<Fact[]>, of?: string): fc.Arbitrary<Part[]> =>
  fc
    .tuple(fc.boolean(), fc.boolean(), someState, facts)
    .map(([here, alsoHere, state, reported]) =>
      here || alsoHere ? [{ source, state, facts: reported, ...(of === undefined ? {} : { project: of }) }] : [],
    )

/** Always present: without an id, readings without a common project would be of two organizations. */
const ORGANIZATION: Part = {
  source: 'organization',
  facts: [{ type: 'organization', externalId: 'org', name: null }],
}

/** One reading: the organization's lists first, as adapters read them. */
export const someReading: fc.Arbitrary<Part[]> = fc
  .tuple(
    aPart('projects', projects),
    aPart('users', users),
    aPart('groups', groups),
    aPart('group-users', groupUsers),
    aPart('group-roles', groupRoles),
    aPart('user-roles', userRoles),
    aPart('spend-limits', limits),
    ...PROJECTS.flatMap((on) => [
      aPart('project-users', projectUsers(on), on),
      aPart('project-groups', projectGroups(on), on),
      aPart('project-group-roles', projectGroupRoles(on), on),
      aPart('project-service-accounts', accounts(on), on),
      aPart('project-user-roles', projectUserRoles(on), on),
      aPart('project-keys', keys(on), on),
    ]),
  )
  .map((parts) => [ORGANIZATION, ...parts.flat()])
