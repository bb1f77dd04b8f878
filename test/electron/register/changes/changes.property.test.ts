import * as fc from 'fast-check'
import { expect, it } from 'vitest'

import { applyReading } from '../../../../electron/register/apply/apply.ts'
import { changesBetween } from '../../../../electron/register/changes/changes.ts'
import { changesOfSyncs, timelinePoints } from '../../../../electron/register/changes/timeline.ts'
import type { DetailFact, Fact, GrantFact } from '../../../../shared/domain/facts.ts'
import { drillRuns } from '../../../drills/drill.ts'
import { federation } from '../findings/parts.ts'
import { grant, key, newConnection, newRegister, project, getReading, user, type Part } from '../registers.ts'
import { expectedChanges, readSnapshot, reportedChanges, type Snapshot, readKinds } from './snapshot.ts'
import { getLevel } from '../../../../shared/domain/providers/roles.ts'

const USERS = ['u1', 'u2', 'u3'] as const
const GROUPS = ['g1', 'g2'] as const
const PROJECTS = ['p1', 'p2'] as const
const KEYS = ['k1', 'k2', 'k3', 'k4'] as const

const some = <T>(of: readonly T[]): fc.Arbitrary<T[]> => fc.subarray([...of])
const each = <T, U>(of: readonly T[], draw: fc.Arbitrary<U>): fc.Arbitrary<(readonly [T, U])[]> =>
  some(of).chain((chosen) => fc.tuple(...chosen.map((one) => fc.tuple(fc.constant(one), draw))))

const detail = (
  of: DetailFact['of'],
  externalId: string,
  kind: DetailFact['kind'],
  ...value: readonly string[]
): DetailFact => ({ type: 'detail', of, externalId, kind, value })

const roles = some(['owner', 'member', 'viewer', 'editor'])
const sync = fc.record({
  connection: fc.integer({ min: 0, max: 2 }),
  projects: each(
    PROJECTS,
    fc.record({ name: fc.constantFrom('One', 'Two'), archived: fc.boolean(), residency: fc.constantFrom(null, 'eu') }),
  ),
  users: each(USERS, fc.constantFrom('owner', 'billing', 'reader')),
  invites: each(
    ['i1', 'i2'],
    fc.record({
      status: fc.constantFrom('pending', 'expired'),
      expiresAt: fc.constantFrom(null, 500, 1500, 3000, 4000),
      isOwner: fc.boolean(),
      projects: some(PROJECTS),
    }),
  ),
  groupRoles: each(GROUPS, fc.constantFrom('owner', 'admin', 'reader')),
  members: each(GROUPS, some(USERS)),
  grants: each(PROJECTS, each([...USERS, ...GROUPS], roles)),
  keys: each(
    KEYS,
    fc.record({
      name: fc.constantFrom('prod-web-api', 'dev-batch'),
      status: fc.constantFrom('active', 'inactive'),
      owner: fc.constantFrom(null, 'u1', 'u2'),
      project: fc.constantFrom(...PROJECTS),
      expiresAt: fc.constantFrom(null, 1_800_000_000_000, 1_800_000_001_000),
    }),
  ),
  limits: each(
    ['spend:org', 'spend:p1'],
    fc.record({ amount: fc.constantFrom(5_000_000, 9_000_000), enforcement: fc.constantFrom('hard', 'alert') }),
  ),
  rules: each(
    ['r1', 'r2'],
    fc.record({
      account: fc.constantFrom('u1', 'u2'),
      subject: fc.constantFrom('repo:acme/web:*', 'repo:acme/*'),
      status: fc.constantFrom('active', 'disabled'),
      issuerStatus: fc.constantFrom('active', 'disabled'),
      lifetimeSeconds: fc.constantFrom(null, 600),
    }),
  ),
  certificates: each(
    ['c1', 'c2'],
    fc.record({
      name: fc.constantFrom('gateway', 'proxy'),
      active: fc.boolean(),
      expiresAt: fc.constantFrom(null, 500, 2500, 4000, 1_800_000_000_000),
      validAt: fc.constantFrom(null, 0),
      project: fc.constantFrom(null, ...PROJECTS),
    }),
  ),
  details: some([
    ['spend-limits', detail('limit', 'spend:org', 'recipients', 'a@x.example')],
    ['spend-limits', detail('limit', 'spend:p1', 'recipients', 'a@x.example', 'b@x.example')],
    ['users', detail('principal', 'u1', 'provisioned', 'yes')],
    ['projects', detail('project', 'p1', 'tags', 'client=acme', 'team=web')],
  ] as const),
  isTurned: fc.boolean(),
  denied: some([
    'projects',
    'users',
    'groups',
    'group-users',
    'group-roles',
    'project-users',
    'keys',
    'spend-limits',
    'federation-rules',
    'certificates',
  ] as const),
})

type Drawn = typeof sync extends fc.Arbitrary<infer T> ? T : never

/** The project role that an organization role implies in every active project. */
const CARRIES: Readonly<Record<string, string>> = { owner: 'owner', admin: 'member', billing: 'viewer' }

function onOrganization(who: string, role: string): GrantFact {
  const carried = CARRIES[role] ?? null
  return grant(who, null, {
    roleRaw: role,
    level: getLevel('openai', 'organization', role),
    impliedRoleRaw: carried,
    impliedLevel: carried === null ? null : getLevel('openai', 'project', carried),
  })
}

function splitParts(drawn: Drawn): Part[] {
  const parts: [Part['source'], Fact[], string?][] = [
    [
      'projects',
      drawn.projects.map(([id, { name, archived, residency }]) =>
        project(id, { name, residency, status: archived ? 'archived' : 'active' }),
      ),
    ],
    [
      'users',
      drawn.users.flatMap(([id, role]) => [
        user(id, { roleRaw: role, level: getLevel('openai', 'organization', role) }),
        onOrganization(id, role),
      ]),
    ],
    [
      'invites',
      drawn.invites.flatMap(([id, { isOwner, projects, ...facts }]) => [
        user(id, { kind: 'invite', name: null, roleRaw: 'reader', level: 'reader', ...facts }),
        ...(isOwner ? [onOrganization(id, 'owner')] : []),
        ...projects.map((of) => grant(id, of)),
      ]),
    ],
    ['group-roles', drawn.groupRoles.map(([id, role]) => onOrganization(id, role))],
    ['groups', drawn.members.map(([id]) => user(id, { kind: 'group', email: null, roleRaw: null, level: null }))],
    [
      'group-users',
      drawn.members.flatMap(([group, members]) =>
        members.map((member) => ({ type: 'membership' as const, group, member })),
      ),
    ],
    ...drawn.grants.map(([of, held]): [Part['source'], Fact[], string] => [
      'project-users',
      held.flatMap(([who, words]) =>
        words.map((word) => grant(who, of, { roleRaw: word, level: getLevel('openai', 'project', word) })),
      ),
      of,
    ]),
    [
      'keys',
      drawn.keys.map(([id, { owner, ...facts }]) =>
        key(id, {
          ...facts,
          createdAt: Date.UTC(2026, 0, Number(id.slice(1))),
          ownerState: owner === null ? 'none' : 'known',
          owner: owner === null ? null : { externalId: owner, kind: 'user', name: owner, email: null },
        }),
      ),
    ],
    [
      'spend-limits',
      drawn.limits.map(([externalId, { amount, enforcement }]) => ({
        type: 'limit' as const,
        externalId,
        project: null,
        kind: 'spend' as const,
        enforcement,
        metric: 'usd',
        model: null,
        amount,
        period: 'month',
      })),
    ],
  ]
  parts.push(['federation-rules', drawn.rules.map(([externalId, rule]) => federation({ externalId, ...rule }))])
  parts.push([
    'certificates',
    drawn.certificates.map(([externalId, certificate]) => ({
      type: 'certificate' as const,
      externalId,
      createdAt: null,
      ...certificate,
    })),
  ])
  const denied = new Set<string>(drawn.denied)
  for (const [source, fact] of drawn.details) {
    const value = drawn.isTurned ? fact.value.toReversed() : fact.value
    const more = drawn.isTurned && fact.kind === 'recipients' && value.length === 1 ? ['c@x.example'] : []
    parts.find((part) => part[0] === source)?.[1].push({ ...fact, value: [...value, ...more] })
  }
  return parts.map(([source, facts, of]) => ({
    source,
    ...(of === undefined ? {} : { project: of }),
    ...(denied.has(source) ? { state: 'denied' as const, facts: [] } : { facts }),
  }))
}

it('between any two syncs are exactly what a comparison of the two states shows, for all clients and for one', () => {
  fc.assert(
    fc.property(fc.array(sync, { minLength: 1, maxLength: 6 }), (drawn) => {
      const register = newRegister()
      const connections = [
        newConnection(register, 'acme'),
        newConnection(register, 'acme', 'anthropic'),
        newConnection(register, 'other'),
      ]
      const of = { acme: new Set(connections.slice(0, 2)), other: new Set(connections.slice(2)) }
      const moments: { readonly id: number; readonly at: number; readonly state: Snapshot }[] = [
        { id: 0, at: 0, state: readSnapshot(register.reader) },
      ]
      for (const [index, one] of drawn.entries()) {
        const at = (index + 1) * 1000
        const applied = register.transact((w) =>
          applyReading(w, getReading(connections[one.connection] ?? 0, splitParts(one), at)),
        )
        moments.push({ id: applied.syncId, at, state: readSnapshot(register.reader) })
      }
      const reported = (client: string | undefined, since: object, until: object | null): string[] =>
        reportedChanges(
          register.reader,
          changesBetween(register.reader, { client }, since as { at: number }, until as { at: number } | null).changes,
        )
      const kinds = readKinds(register.reader)
      for (const [n, from] of moments.entries()) {
        for (const to of moments.slice(n)) {
          const expected = expectedChanges(from.state, to.state, kinds)
          const only = (client: 'acme' | 'other'): string[] =>
            expected.filter((line) => of[client].has(Number(line.split(' ')[1])))
          expect(reported(undefined, { sync: from.id }, { sync: to.id })).toEqual(expected)
          expect(reported(undefined, { at: from.at }, { at: to.at })).toEqual(expected)
          expect(reported('acme', { sync: from.id }, { sync: to.id })).toEqual(only('acme'))
          expect(reported('other', { sync: from.id }, { sync: to.id })).toEqual(only('other'))
        }
        expect(reported(undefined, { sync: from.id }, null)).toEqual(
          expectedChanges(from.state, moments.at(-1)?.state ?? from.state, kinds),
        )
      }
      const points = timelinePoints(register.reader, {}, 100)
      const counts = changesOfSyncs(register.reader, points)
      for (const point of points) {
        const spans = changesBetween(register.reader, {}, { sync: point.syncId - 1 }, { sync: point.syncId })
        expect(counts.get(point.syncId)).toBe(spans.changes.length)
      }
    }),
    drillRuns('register-changes'),
  )
})
