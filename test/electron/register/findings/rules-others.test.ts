import { describe, expect, it } from 'vitest'

import type { Fact, LimitFact } from '../../../../shared/domain/facts.ts'
import { RULES } from '../../../../electron/register/findings/rules.ts'
import { grant, type Part, project, user } from '../registers.ts'
import { ago, foundBy, type World } from './worlds.ts'

const owner = (name: string, email = `${name}@acme.example`): readonly Fact[] => [
  user(name, { email, roleRaw: 'owner', level: 'owner' }),
  grant(name, null, { roleRaw: 'owner', level: 'owner' }),
]
const owners = (count: number): readonly Fact[] => Array.from({ length: count }, (_, n) => owner(`o${n}`)).flat()
const guest = (...projects: readonly string[]): readonly Fact[] => [
  user('eve', { email: 'eve@elsewhere.example' }),
  ...projects.map((each) => grant('eve', each)),
]
const invite = (sentAt: number, expiresAt: number | null, status = 'pending'): readonly Fact[] => [
  user('inv', { kind: 'invite', email: 'new@acme.example', status, addedAt: sentAt, expiresAt }),
]
const admins = (count: number) =>
  Array.from({ length: count }, (_, n) => ({ name: `admin ${n}`, kind: 'admin' as const, project: null }))
const limit = (of: string | null, over: Partial<LimitFact> = {}): LimitFact => ({
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
const two = [project('proj_a', { name: 'Web' }), project('proj_b', { name: 'Shop' })]
const archived = [project('proj_a', { name: 'Web', status: 'archived' })]
const spendRead = (facts: readonly Fact[] = []): readonly Part[] => [{ source: 'spend-limits', facts }]
const projectSpendRead = (facts: readonly Fact[] = []): readonly Part[] => [
  { source: 'project-spend-limits', project: 'proj_a', facts },
]
const perProject = { policy: { spendControl: 'project' } } as const

const CASES: readonly (readonly [rule: string, what: string, world: World, found: readonly string[]])[] = [
  [
    'last-use-not-reported',
    'two keys without a report',
    {
      keys: [{ lastUse: { state: 'not-reported' } }, { lastUse: { state: 'not-reported' } }, {}],
    },
    ['acme openai'],
  ],
  ['last-use-not-reported', 'reported and never used', { keys: [{}, { lastUse: { state: 'never' } }] }, []],
  ['last-use-not-reported', 'no key at all', {}, []],
  ['admin-keys-too-many', 'three', { keys: admins(3) }, []],
  ['admin-keys-too-many', 'four', { keys: admins(4) }, ['acme openai']],
  [
    'admin-keys-too-many',
    'three where the client allows two',
    { keys: admins(3), policy: { maxAdminKeys: 2 } },
    ['acme openai'],
  ],
  ['privileged-too-many', 'five', { people: owners(5) }, []],
  ['privileged-too-many', 'six', { people: owners(6) }, ['acme openai']],
  ['privileged-too-many', 'six members', { people: Array.from({ length: 6 }, (_, n) => user(`m${n}`)) }, []],
  ['privileged-single', 'one', { people: owners(1) }, ['acme openai']],
  ['privileged-single', 'two', { people: owners(2) }, []],
  ['privileged-single', 'none that is known', { people: [user('ann')] }, []],
  ['external-privileged', 'an owner from elsewhere', { people: owner('eve', 'eve@elsewhere.example') }, ['eve']],
  ['external-privileged', 'an owner of the agency', { people: owner('eve', 'eve@agency.example') }, []],
  ['external-privileged', 'a member from elsewhere', { people: guest('proj_a') }, []],
  [
    'external-privileged',
    'a client that named no domain',
    {
      people: owner('eve', 'eve@elsewhere.example'),
      domains: [],
    },
    [],
  ],
  ['external-many-projects', 'one project', { people: guest('proj_a'), projects: two }, []],
  ['external-many-projects', 'two projects', { people: guest('proj_a', 'proj_b'), projects: two }, ['eve']],
  [
    'external-many-projects',
    'two projects of somebody inside',
    {
      people: [user('ann'), grant('ann', 'proj_a'), grant('ann', 'proj_b')],
      projects: two,
    },
    [],
  ],
  ['person-outside-domains', 'another domain', { people: guest() }, ['eve']],
  ['person-outside-domains', 'the domain in capitals', { people: [user('ann', { email: 'Ann@ACME.example' })] }, []],
  [
    'person-outside-domains',
    'a domain that only ends alike',
    {
      people: [user('eve', { email: 'eve@not-acme.example' })],
    },
    ['eve'],
  ],
  ['person-outside-domains', 'no address', { people: [user('eve', { email: null })] }, []],
  [
    'archived-project-members',
    'a member',
    { people: [user('ann'), grant('ann', 'proj_a')], projects: archived },
    ['Web'],
  ],
  ['archived-project-members', 'nobody', { projects: archived }, []],
  ['archived-project-members', 'an active project', { people: [user('ann'), grant('ann', 'proj_a')] }, []],
  ['invite-expired', 'a day ago', { people: invite(ago(8), ago(1)) }, ['inv']],
  ['invite-expired', 'at this moment', { people: invite(ago(7), ago(0)) }, ['inv']],
  ['invite-expired', 'in a moment', { people: invite(ago(7), ago(0) + 1) }, []],
  ['invite-expired', 'the provider says so', { people: invite(ago(7), null, 'expired') }, ['inv']],
  ['invite-stale', '13 days', { people: invite(ago(13), ago(-7)) }, []],
  ['invite-stale', '14 days', { people: invite(ago(14), ago(-7)) }, ['inv']],
  ['invite-stale', 'expired, which is another rule', { people: invite(ago(14), ago(1)) }, []],
  [
    'agency-staff-in-archived-client',
    'staff in an archived client',
    {
      people: [user('sam', { email: 'sam@agency.example' }), user('ann')],
      archived: true,
    },
    ['sam'],
  ],
  [
    'agency-staff-in-archived-client',
    'staff in a client',
    { people: [user('sam', { email: 'sam@agency.example' })] },
    [],
  ],
  ['agency-staff-in-archived-client', 'the client’s own people', { people: [user('ann')], archived: true }, []],
  [
    'default-project-in-use',
    'with a key',
    {
      keys: [{}],
      projects: [project('proj_a', { name: 'Default project', isDefault: true })],
    },
    ['Default project'],
  ],
  [
    'default-project-in-use',
    'without a key',
    {
      projects: [project('proj_a', { name: 'Default project', isDefault: true })],
    },
    [],
  ],
  ['default-project-in-use', 'another project', { keys: [{}] }, []],
  ['environments-mixed', 'production and development', { keys: [{}, { name: 'prod-web-api' }] }, ['Web']],
  ['environments-mixed', 'production alone', { keys: [{ name: 'prod-web-api' }, { name: 'prod-web-jobs' }] }, []],
  [
    'environments-mixed',
    'production and a name that says nothing',
    { keys: [{ name: 'prod-web-api' }, { name: 'x' }] },
    [],
  ],
  ['organization-without-spend-limit', 'read, and none', { more: spendRead() }, ['acme openai']],
  ['organization-without-spend-limit', 'read, and an alert', { more: spendRead([limit(null)]) }, []],
  ['organization-without-spend-limit', 'not read', {}, []],
  ['organization-without-spend-limit', 'not wanted', { more: spendRead(), policy: { spendControl: 'none' } }, []],
  [
    'organization-without-spend-limit',
    'a limit of a project only',
    { more: spendRead([limit('proj_a')]) },
    ['acme openai'],
  ],
  ['project-without-spend-limit', 'read, and none', { keys: [{}], more: projectSpendRead(), ...perProject }, ['Web']],
  [
    'project-without-spend-limit',
    'read, and an alert',
    {
      keys: [{}],
      more: projectSpendRead([limit('proj_a')]),
      ...perProject,
    },
    [],
  ],
  ['project-without-spend-limit', 'not read', { keys: [{}], ...perProject }, []],
  ['project-without-spend-limit', 'no key to spend with', { more: projectSpendRead(), ...perProject }, []],
  ['project-without-spend-limit', 'not wanted', { keys: [{}], more: projectSpendRead() }, []],
  ['sync-stale', 'read a moment less than seven days ago', { later: 7 - 1e-6 }, []],
  ['sync-stale', 'read seven days ago', { later: 7 }, ['acme openai']],
  ['sync-stale', 'read seven days ago where the client gives ten', { later: 7, policy: { staleSyncDays: 10 } }, []],
]

describe('rules about people, projects and organizations', () => {
  it.each(CASES)('%s: %s', (rule, _what, world, found) => {
    expect(foundBy(rule, world)).toEqual(found)
  })
})

describe('every rule', () => {
  it('has an id of its own, a remedy and controls', () => {
    expect(new Set(RULES.map((rule) => rule.id)).size).toBe(RULES.length)
    for (const rule of RULES) {
      expect(rule.controls.length).toBeGreaterThan(0)
      expect(rule.remedy).toMatch(/^[A-Z].*\.$/u)
    }
  })
})
