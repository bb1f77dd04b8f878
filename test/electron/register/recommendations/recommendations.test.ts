import { describe, expect, it } from 'vitest'

import { recommendationRows } from '../../../../electron/register/recommendations/rows.ts'
import { applyReading } from '../../../../electron/register/apply/apply.ts'
import type { Register } from '../../../../electron/register/register.ts'
import type { RecommendationRow } from '../../../../shared/contract/recommendations.ts'
import type { Fact, GrantFact, KeyFact, PrincipalFact } from '../../../../shared/domain/facts.ts'
import { federation } from '../findings/parts.ts'
import { grant, key, newConnection, newRegister, type Part, project, getReading, user } from '../registers.ts'
import { adviceIds, type AdviceQuery, findSilent } from './advice-ids.ts'

const NOW = Date.UTC(2026, 10, 20, 12)
const DAY = 86_400_000
const ago = (days: number): number => NOW - days * DAY
const FIRST = 100

const OWNER = { roleRaw: 'owner', level: 'owner' } as const

function member(
  externalId: string,
  lastUsed: number | null,
  over: Partial<PrincipalFact> = {},
  role: Partial<GrantFact> = {},
): Fact[] {
  const is = { addedAt: ago(400), lastUsedAt: lastUsed === null ? null : ago(lastUsed), ...over }
  return [
    user(externalId, is),
    grant(externalId, null, { roleRaw: 'reader', level: 'reader', grantedAt: ago(400), ...role }),
  ]
}

const inside = (who: string, where: string, over: Partial<GrantFact> = {}): Part => ({
  source: 'project-users',
  project: where,
  facts: [grant(who, where, { grantedAt: ago(300), ...over })],
})

function own(externalId: string, owner: string, used: number | null | 'silent', over: Partial<KeyFact> = {}): Fact {
  return key(externalId, {
    ownerState: 'known',
    owner: { externalId: owner, kind: 'user', name: owner, email: null },
    createdAt: ago(200),
    lastUse:
      used === 'silent'
        ? { state: 'not-reported' }
        : used === null
          ? { state: 'never' }
          : { state: 'known', at: ago(used) },
    ...over,
  })
}

const PROJECTS: Part = { source: 'projects', facts: [project('proj_a'), project('proj_b')] }

interface World {
  readonly register: Register
  readonly ask: (query?: Partial<AdviceQuery>) => RecommendationRow[]
}

function world(parts: readonly Part[], provider = 'openai'): World {
  const register = newRegister()
  const id = newConnection(register, 'acme', provider)
  register.transact((writer) => applyReading(writer, getReading(id, merged([PROJECTS, ...parts]), ago(FIRST))))
  return {
    register,
    ask: (query = {}) => {
      const ids = adviceIds(register.reader, { sort: { by: 'sure', direction: 'asc' }, ...query }, NOW)
      return recommendationRows(register.reader, ids, NOW)
    },
  }
}

/** One part for each list, as a provider has it. */
function merged(parts: readonly Part[]): Part[] {
  const lists = Map.groupBy(parts, (part) => `${part.source} ${part.project ?? ''}`)
  return [...lists.values()].flatMap(([first, ...rest]) =>
    first === undefined ? [] : { ...first, facts: [first, ...rest].flatMap((part) => part.facts) },
  )
}

const users = (...facts: Fact[][]): Part => ({ source: 'users', facts: facts.flat() })
const keys = (where: string, ...facts: Fact[]): Part => ({ source: 'project-keys', project: where, facts })
const brief = (rows: readonly RecommendationRow[]): string[] =>
  rows.map(
    (row) => `${row.kind} ${row.principal.name}${row.project === null ? '' : ` ${row.project.name}`} ${row.sure}`,
  )

describe('a member without use', () => {
  it('is recommended for removal from 90 days on, and not a moment earlier', () => {
    expect(brief(world([users(member('ann', 90))]).ask())).toEqual(['member-unused ann high'])
    expect(world([users(member('ann', 89.999))]).ask()).toEqual([])
  })

  it('is not a member whose use is not reported, by the account or by any key', () => {
    expect(world([users(member('ann', null))]).ask()).toEqual([])
    expect(world([users(member('ann', 200)), keys('proj_a', own('k', 'ann', 'silent'))]).ask()).toEqual([])
  })

  it('is not a member who joined recently, has a new key, or uses a key', () => {
    expect(world([users(member('ann', 200, { addedAt: ago(30) }))]).ask()).toEqual([])
    expect(
      world([users(member('ann', 200)), keys('proj_a', own('k', 'ann', null, { createdAt: ago(30) }))]).ask(),
    ).toEqual([])
    expect(world([users(member('ann', 200)), keys('proj_a', own('k', 'ann', 5))]).ask()).toEqual([])
  })

  it('has a lower confidence for an owner, and is never the last owner', () => {
    const owner = (name: string): Fact[] => member(name, 200, OWNER, OWNER)
    expect(brief(world([users(owner('ann'), owner('ben'))]).ask())).toEqual([
      'member-unused ann medium',
      'member-unused ben medium',
    ])
    expect(world([users(owner('ann'))]).ask()).toEqual([])
    const invited: Part = { source: 'invites', facts: member('ben', null, { ...OWNER, kind: 'invite' }, OWNER) }
    expect(world([users(owner('ann')), invited]).ask()).toEqual([])
  })

  it('is not a member with a billing role', () => {
    expect(world([users(member('ann', 200, { roleRaw: 'billing', level: 'billing' }))]).ask()).toEqual([])
  })
})

describe('a project that is not called', () => {
  it('is found by unused keys in it, while other keys are used', () => {
    const rows = world([
      users(member('ann', 1)),
      inside('ann', 'proj_a'),
      inside('ann', 'proj_b'),
      keys('proj_a', own('k_a', 'ann', 1)),
      keys('proj_b', own('k_b', 'ann', 90, { project: 'proj_b' })),
    ]).ask()
    expect(brief(rows)).toEqual(['project-unused ann proj_b high'])
    expect(rows[0]).toMatchObject({ enough: null, remediation: { action: 'project-member-remove' } })
    expect(rows[0]?.evidence).toContainEqual({
      says: 'Holds a role in 2 projects; their keys were used in 1 other.',
      at: null,
    })
    expect(rows[0]?.evidence).toContainEqual({ says: '1 key in their name in the project, last used', at: ago(90) })
  })

  it('has a lower confidence without a key in it, and is not found where none of the holder’s keys is used', () => {
    const both = [users(member('ann', 1)), inside('ann', 'proj_a'), inside('ann', 'proj_b')]
    expect(brief(world([...both, keys('proj_a', own('k', 'ann', 1))]).ask())).toEqual([
      'project-unused ann proj_b medium',
    ])
    expect(world(both).ask()).toEqual([])
  })

  it('is not one with unreported keys, a recent or read-only role, or an archived one', () => {
    const used = [users(member('ann', 1)), inside('ann', 'proj_a'), keys('proj_a', own('k', 'ann', 1))]
    const silent = keys('proj_b', own('k_b', 'ann', 'silent', { project: 'proj_b' }))
    expect(world([...used, inside('ann', 'proj_b'), silent]).ask()).toEqual([])
    expect(world([...used, inside('ann', 'proj_b', { grantedAt: ago(89) })]).ask()).toEqual([])
    expect(world([...used, inside('ann', 'proj_b', { roleRaw: 'viewer', level: 'reader' })]).ask()).toEqual([])
    const archived: Part = { source: 'projects', facts: [project('proj_c', { status: 'archived' })] }
    expect(world([archived, ...used, inside('ann', 'proj_c')]).ask()).toEqual([])
  })

  it('counts a role from the sync that showed it, whatever the provider reports about the account', () => {
    const before = [users(member('ann', 1)), inside('ann', 'proj_a'), keys('proj_a', own('k', 'ann', 1))]
    const later: Part[] = merged([
      PROJECTS,
      users(member('ann', 1)),
      inside('ann', 'proj_a'),
      inside('ann', 'proj_b'),
      keys('proj_a', own('k', 'ann', 1)),
    ])
    for (const [seen, advised] of [
      [90, ['project-unused ann proj_b medium']],
      [89, []],
    ] as const) {
      const { register, ask } = world(before)
      register.transact((writer) => applyReading(writer, getReading(1, later, ago(seen))))
      expect(brief(ask())).toEqual(advised)
    }
  })
})

describe('a stronger role than the calls need', () => {
  it('is that of an owner of a project who calls the API there', () => {
    const rows = world([
      users(member('ann', 1)),
      inside('ann', 'proj_a', OWNER),
      keys('proj_a', own('k', 'ann', 1)),
    ]).ask()
    expect(brief(rows)).toEqual(['project-role ann proj_a low'])
    expect(rows[0]).toMatchObject({
      role: 'owner',
      enough: 'member',
      remediation: { action: 'project-member-role', values: { role: 'member', projectId: rows[0]?.project?.id } },
    })
    expect(rows[0]?.sureBecause).toContain('is not reported')
  })

  it('has a higher confidence for a service account, which acts only through its keys', () => {
    const service: Part = {
      source: 'project-service-accounts',
      project: 'proj_a',
      facts: [
        user('svc', { kind: 'service-account', email: null, roleRaw: null, level: null, addedAt: ago(300) }),
        grant('svc', 'proj_a', { ...OWNER, grantedAt: ago(300) }),
      ],
    }
    const of = (used: number): Fact =>
      own('k', 'svc', used, { owner: { externalId: 'svc', kind: 'service-account', name: 'svc', email: null } })
    expect(brief(world([service, keys('proj_a', of(1))]).ask())).toEqual(['project-role svc proj_a medium'])
    const [unused] = world([service, keys('proj_a', of(91))]).ask()
    expect(unused).toMatchObject({
      kind: 'account-unused',
      sure: 'high',
      remediation: { action: 'service-account-delete' },
    })
    expect(world([service]).ask()).toEqual([])
  })

  it('is that of an owner whose only recorded use is of the API, unless an admin key is used or not reported', () => {
    const owners = users(member('ann', 1, OWNER, OWNER), member('ben', 1, OWNER, OWNER))
    const admin = (used: number | 'silent'): Part => ({
      source: 'admin-keys',
      facts: [own('adm', 'ann', used, { kind: 'admin', project: null })],
    })
    const of = (parts: readonly Part[]): string[] =>
      brief(
        world(parts)
          .ask()
          .filter((row) => row.principal.name === 'ann'),
      )
    expect(of([owners])).toEqual(['privileged-role ann low'])
    expect(of([owners, admin(90)])).toEqual(['privileged-role ann low'])
    expect(of([owners, admin(1)])).toEqual([])
    expect(of([owners, admin('silent')])).toEqual([])
    expect(of([users(member('ann', 1, OWNER, OWNER))])).toEqual([])
    expect(world([owners]).ask()[0]).toMatchObject({ enough: 'reader', remediation: { action: 'member-role' } })
  })
})

describe('where the provider reports nothing', () => {
  it('gives no recommendations, and the list shows for how many people', () => {
    const { register, ask } = world(
      [
        users(member('ann', null), member('ben', null)),
        inside('ann', 'proj_a'),
        { source: 'keys', facts: [own('k', 'ann', 'silent')] },
      ],
      'anthropic',
    )
    expect(ask()).toEqual([])
    const [silence, ...more] = findSilent(register.reader, {}, NOW)
    expect(silence).toMatchObject({ people: 2, client: { slug: 'acme' } })
    expect([silence?.says, more]).toEqual([expect.stringMatching(/^Anthropic reports only a part of what/u), []])
  })

  it('a provider that reports only some use, or has no list of admin keys, gives no recommendation from what it lacks', () => {
    const kinds = (provider: string): readonly string[] =>
      world([users(member('ann', 100), member('ben', 1, OWNER, OWNER), member('cy', 1, OWNER, OWNER))], provider)
        .ask()
        .map(({ kind }) => kind)
    expect(kinds('openai')).toEqual(['member-unused', 'privileged-role', 'privileged-role'])
    expect(kinds('cursor-team')).toEqual(['member-unused'])
    expect(kinds('anthropic')).toEqual([])
  })

  it('a used workspace key is not counted as use by its creator', () => {
    const parts = (provider: string): World =>
      world(
        [
          users(member('ann', null)),
          inside('ann', 'proj_a', { roleRaw: 'workspace_admin', level: 'admin' }),
          keys('proj_a', own('k', 'ann', 1)),
        ],
        provider,
      )
    expect(brief(parts('openai').ask())).toEqual(['project-role ann proj_a low'])
    const { register, ask } = parts('anthropic')
    expect(ask()).toEqual([])
    expect(findSilent(register.reader, {}, NOW)).toMatchObject([{ people: 1 }])
  })

  it('the recommendations of one person can be read separately', () => {
    const { register } = world([users(member('ann', null), member('ben', 3))])
    const findPersonId = (who: string): number =>
      register.reader.value<number>('SELECT person_id FROM principal WHERE external_id = ?', [who]) ?? 0
    expect(findSilent(register.reader, { person: findPersonId('ann') }, NOW)).toMatchObject([{ people: 1 }])
    expect(findSilent(register.reader, { person: findPersonId('ben') }, NOW)).toEqual([])
  })

  it('a key with reported use counts as a report', () => {
    const { register } = world([users(member('ann', null)), keys('proj_a', own('k', 'ann', 3))])
    expect(findSilent(register.reader, {}, NOW)).toEqual([])
  })
})

it('the list is filtered by kind, confidence, person and text, and sorted by person', () => {
  const { register, ask } = world([
    users(member('zoe', 100), member('ann', 1)),
    inside('ann', 'proj_a', OWNER),
    keys('proj_a', own('k', 'ann', 1)),
  ])
  expect(brief(ask())).toEqual(['member-unused zoe high', 'project-role ann proj_a low'])
  expect(brief(ask({ sort: { by: 'who', direction: 'asc' } }))[0]).toContain('ann')
  expect(brief(ask({ kind: 'project-role' }))).toHaveLength(1)
  expect(brief(ask({ sure: 'high' }))).toEqual(['member-unused zoe high'])
  expect(brief(ask({ search: 'zo' }))).toEqual(['member-unused zoe high'])
  const person = register.reader.value<number>("SELECT person_id FROM principal WHERE external_id = 'ann'") ?? 0
  expect(brief(ask({ person }))).toEqual(['project-role ann proj_a low'])
  expect(ask({ client: 'nobody' })).toEqual([])
  const zoe = register.reader.value<number>("SELECT person_id FROM principal WHERE external_id = 'zoe'") ?? 0
  expect(brief(ask({ person: zoe }))).toEqual(['member-unused zoe high'])
  expect(ask({ person: zoe + person + 1 })).toEqual([])
})

describe('a service account that workloads use without a key', () => {
  const account: Part = {
    source: 'project-service-accounts',
    project: 'proj_a',
    facts: [
      user('ci', { kind: 'service-account', name: 'ci', email: null, roleRaw: null, level: null, addedAt: ago(300) }),
      grant('ci', 'proj_a', { roleRaw: 'owner', level: 'owner', grantedAt: ago(300) }),
    ],
  }
  const keyOf = (used: number | null | 'silent', over: Partial<KeyFact> = {}): Part =>
    keys(
      'proj_a',
      own('k', 'ci', used, {
        name: 'prod-ci',
        owner: { externalId: 'ci', kind: 'service-account', name: 'ci', email: null },
        ...over,
      }),
    )
  const rule = (over: Parameters<typeof federation>[0] = {}): Part => ({
    source: 'federation-rules',
    facts: [federation({ account: 'ci', createdAt: ago(40), ...over })],
  })

  it('has a key that is not needed, the surer the less it was used since the rule exists', () => {
    const sure = (used: number | null | 'silent'): string[] => brief(world([account, keyOf(used), rule()]).ask())
    expect(sure(null)).toEqual(['key-beside-rule ci proj_a high'])
    expect(sure(40)).toEqual(['key-beside-rule ci proj_a high'])
    expect(sure(39.999)).toEqual(['key-beside-rule ci proj_a low'])
    expect(sure('silent')).toEqual(['key-beside-rule ci proj_a medium'])
  })

  it('counts the rule from the sync that first showed it, where the provider reports no day', () => {
    const sure = (used: number): string[] =>
      brief(world([account, keyOf(used), rule({ createdAt: null })]).ask({ kind: 'key-beside-rule' }))
    expect(sure(FIRST + 1)).toEqual(['key-beside-rule ci proj_a high'])
    expect(sure(FIRST - 1)).toEqual(['key-beside-rule ci proj_a low'])
  })

  it('is named with the key, the workload and the change that ends the key', () => {
    const [row] = world([account, keyOf(3), rule()]).ask()
    expect(row).toMatchObject({
      key: { name: 'prod-ci' },
      principal: { kind: 'service-account', name: 'ci' },
      project: { name: 'proj_a' },
      role: null,
      enough: null,
      evidence: [
        {
          says: expect.stringContaining('workloads of the repository acme/web on the branch main') as string,
          at: ago(40),
        },
        { says: 'Last use of the key', at: ago(3) },
      ],
      remediation: { action: 'key-delete', subject: { kind: 'key' }, values: {} },
    })
    const [other] = world([account, keyOf('silent'), rule()], 'anthropic').ask()
    expect(other?.remediation.action).toBe('key-disable')
    expect(other?.evidence[1]).toEqual({ says: 'The provider does not report when the key was used.', at: null })
  })

  it('has no such key while the rule or its issuer is off, or once the key has ended', () => {
    const kinds = (...parts: Part[]): string[] =>
      world([account, ...parts])
        .ask({ kind: 'key-beside-rule' })
        .map(({ kind }) => kind)
    expect(kinds(keyOf(3), rule({ status: 'disabled' }))).toEqual([])
    expect(kinds(keyOf(3), rule({ issuerStatus: 'disabled' }))).toEqual([])
    expect(kinds(keyOf(3, { expiresAt: ago(1) }), rule())).toEqual([])
    expect(kinds(keyOf(3))).toEqual([])
  })

  it('is not recommended for removal or a smaller role, since what its workloads do is not reported', () => {
    const brieflyOf = (...parts: Part[]): string[] =>
      brief(world([account, ...parts]).ask()).filter((row) => !row.startsWith('key-'))
    expect(brieflyOf(keyOf(null))).toEqual(['account-unused ci high'])
    expect(brieflyOf(keyOf(null), rule())).toEqual([])
    expect(brieflyOf(keyOf(3))).toEqual(['project-role ci proj_a medium'])
    expect(brieflyOf(keyOf(3), rule())).toEqual([])
  })
})

it('a seat without use is recommended to end, in the words of seats', () => {
  const [row] = world([users(member('ann', 200, { roleRaw: 'business seat' }))], 'github-copilot').ask()
  expect(row).toMatchObject({
    kind: 'member-unused',
    says: 'No activity in 90 days: no seat is needed.',
    evidence: [{ says: 'Last use of the seat', at: ago(200) }, { says: 'No key in their name.' }],
  })
})
