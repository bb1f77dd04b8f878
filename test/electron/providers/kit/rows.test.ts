import { expect, test } from 'vitest'
import * as fc from 'fast-check'

import * as anthropicFederation from '../../../../electron/providers/anthropic/normalise/federation.ts'
import * as anthropicGroup from '../../../../electron/providers/anthropic/normalise/group.ts'
import * as anthropicKey from '../../../../electron/providers/anthropic/normalise/key.ts'
import * as anthropicLimit from '../../../../electron/providers/anthropic/normalise/limit.ts'
import { organizationReading } from '../../../../electron/providers/anthropic/normalise/organization.ts'
import * as anthropicPeople from '../../../../electron/providers/anthropic/normalise/people.ts'
import * as account from '../../../../electron/providers/anthropic/normalise/service-account.ts'
import { workspaceReading } from '../../../../electron/providers/anthropic/normalise/workspace.ts'
import { certificateReading } from '../../../../electron/providers/openai/normalise/certificate.ts'
import * as federation from '../../../../electron/providers/openai/normalise/federation.ts'
import * as group from '../../../../electron/providers/openai/normalise/group.ts'
import { inviteReading } from '../../../../electron/providers/openai/normalise/invite.ts'
import * as key from '../../../../electron/providers/openai/normalise/key.ts'
import * as limit from '../../../../electron/providers/openai/normalise/limit.ts'
import * as project from '../../../../electron/providers/openai/normalise/project.ts'
import * as role from '../../../../electron/providers/openai/normalise/role.ts'
import { userReading } from '../../../../electron/providers/openai/normalise/user.ts'
import { keyReading as routedKeyReading } from '../../../../electron/providers/openrouter/normalise/key.ts'
import { budgetReading } from '../../../../electron/providers/openrouter/normalise/limit.ts'
import * as routedPeople from '../../../../electron/providers/openrouter/normalise/people.ts'
import * as routedWorkspace from '../../../../electron/providers/openrouter/normalise/workspace.ts'
import type { Reading } from '../../../../electron/providers/kit/tally.ts'
import { isPrivileged } from '../../../../shared/domain/role.ts'
import { anyString } from '../../../any-string.ts'
import { drillRuns } from '../../../drills/drill.ts'

const PROVIDER = { id: 'i', name: 'n', issuer: 'https://idp.example', audience: null, status: 'active' } as const
const MEMBERS = { users: new Map(), whole: true, workspaces: new Map() }

/** Every reader of a row, with a row as the provider sends it. */
const READERS: Readonly<Record<string, readonly [read: (row: unknown) => Reading, row: Record<string, unknown>]>> = {
  'openai user': [
    userReading,
    {
      id: 'u',
      name: 'n',
      email: 'e@x.example',
      role: 'owner',
      added_at: 1_735_689_600,
      api_key_last_used_at: null,
      user: {},
    },
  ],
  'openai invite': [
    inviteReading,
    {
      id: 'i',
      email: 'e@x.example',
      role: 'reader',
      status: 'pending',
      expires_at: 1_764_204_800,
      projects: [{ id: 'p' }],
    },
  ],
  'openai project': [project.projectReading, { id: 'p', name: 'n', status: 'active', created_at: 1_704_067_200 }],
  'openai project user': [
    (row) => project.projectUserReading(row, 'p'),
    { id: 'u', role: 'member', added_at: 1_704_067_200 },
  ],
  'openai service account': [(row) => project.serviceAccountReading(row, 'p'), { id: 's', name: 'n', role: 'none' }],
  'openai key': [
    (row) => key.projectKeyReading(row, 'p'),
    {
      id: 'k',
      name: 'n',
      last_used_at: 1_735_689_600,
      owner_project_access: 'active',
      owner: { type: 'user', user: { id: 'u' } },
    },
  ],
  'openai admin key': [
    (row) => key.adminKeyReading(row, { ids: new Set(), whole: true }),
    { id: 'k', name: 'n', owner: { id: 'u', type: 'user' } },
  ],
  'openai group': [group.groupReading, { id: 'g', name: 'n', created_at: 1_704_067_200 }],
  'openai group member': [(row) => group.groupMemberReading(row, 'g'), { id: 'u', name: 'n', email: null }],
  'openai project group': [(row) => group.projectGroupReading(row, 'p'), { group_id: 'g', group_name: 'n' }],
  'openai role': [
    (row) => role.roleReading(row, null),
    { id: 'r', name: 'owner', predefined_role: true, permissions: ['x'] },
  ],
  'openai project role': [
    role.projectRoleReading,
    { id: 'r', name: 'owner', predefined_role: true, permissions: ['x'] },
  ],
  'openai assignment': [
    (row) => role.assignmentReading(row, { principal: 'g', project: null }),
    { id: 'r', name: 'owner', predefined_role: true, permissions: [] },
  ],
  'openai user role': [
    (row) => role.directRoleReading(row, { principal: 'u', project: null }),
    { id: 'r', name: 'x', permissions: [], assignment_sources: [{ principal_id: 'u', principal_type: 'user' }] },
  ],
  'openai rate limit': [
    (row) => limit.rateLimitReading(row, 'p'),
    { id: 'rl', model: 'm', max_requests_per_1_minute: 5 },
  ],
  'openai spend limit': [
    (row) => limit.spendLimitReading(row, null),
    { threshold_amount: 5, currency: 'USD', interval: 'month' },
  ],
  'openai spend alert': [
    (row) => limit.spendAlertReading(row, null),
    { id: 'a', threshold_amount: 5, currency: 'USD' },
  ],
  'openai certificate': [
    (row) => certificateReading(row, null),
    { id: 'c', name: 'n', active: true, created_at: 1_704_067_200, certificate_details: { expires_at: 1_764_204_800 } },
  ],
  'openai identity provider': [
    (row) => federation.identityProviderReading(row, () => undefined),
    { id: 'i', name: 'n', issuer: 'https://idp.example', audience: 'a', enabled: true },
  ],
  'openai federation rule': [
    (row) => federation.federationRuleReading(row, PROVIDER),
    {
      id: 'r',
      name: 'n',
      service_account_id: 's',
      project_id: 'p',
      enabled: true,
      attribute_matchers: { sub: 'repo:acme/*', actor: 'mara', attempt: 1 },
      permissions: { type: 'restricted', scopes: ['api.model.request'] },
      created_at: 1_704_067_200,
    },
  ],
  'anthropic service account': [
    account.serviceAccountReading,
    { id: 's', name: 'n', organization_role: 'admin', created_at: '2025-03-01T09:00:00Z', archived_at: null },
  ],
  'anthropic workspace of a service account': [
    (row) => account.accountWorkspaceReading(row, 's'),
    { workspace_id: 'w', workspace_role: 'workspace_user' },
  ],
  'anthropic issuer': [
    (row) => anthropicFederation.issuerReading(row, () => undefined),
    { id: 'i', name: 'n', issuer_url: 'https://idp.example', archived_at: null },
  ],
  'anthropic federation rule': [
    (row) => anthropicFederation.federationRuleReading(row, new Map()),
    {
      id: 'r',
      name: 'n',
      issuer_id: 'i',
      oauth_scope: 'workspace:developer',
      applies_to_all_workspaces: false,
      workspace_ids: ['w'],
      token_lifetime_seconds: 3600,
      target: { service_account_id: 's' },
      match: { subject_prefix: 'repo:acme/*', claims: { actor: 'mara' } },
    },
  ],
  'anthropic group': [
    (row) => anthropicGroup.groupReading(row, () => undefined),
    { id: 'g', name: 'n', role_ids: ['r'], created_at: '2025-03-01T09:00:00Z' },
  ],
  'anthropic group member': [
    (row) => anthropicGroup.groupMemberReading(row, 'g'),
    { user_id: 'u', email: 'e@x.example' },
  ],
  'anthropic role': [(row) => anthropicGroup.roleReading(row, () => undefined), { id: 'r', display_name: 'n' }],
  'anthropic organization': [organizationReading, { id: 'o', name: 'n' }],
  'anthropic user': [
    anthropicPeople.userReading,
    { id: 'u', email: 'e@x.example', name: 'n', role: 'admin', added_at: '2025-03-01T09:00:00Z' },
  ],
  'anthropic invite': [
    anthropicPeople.inviteReading,
    { id: 'i', email: 'e@x.example', role: 'user', status: 'pending', expires_at: '2026-12-11T09:00:00Z' },
  ],
  'anthropic member': [
    (row) => anthropicPeople.memberReading(row, 'w'),
    { user_id: 'u', workspace_role: 'workspace_user' },
  ],
  'anthropic workspace': [
    workspaceReading,
    { id: 'w', name: 'n', created_at: '2025-03-01T09:00:00Z', archived_at: null },
  ],
  'anthropic key': [
    (row) => anthropicKey.keyReading(row, MEMBERS),
    {
      id: 'k',
      name: 'n',
      status: 'active',
      created_by: { id: 'u', type: 'user' },
      scope: { type: 'workspace', workspace_id: 'w' },
    },
  ],
  'anthropic rate limit': [
    anthropicLimit.rateLimitReading,
    { id: 'rl', group: { type: 'batch' }, models: null, limits: [{ type: 'requests_per_minute', value: 5 }] },
  ],
  'anthropic workspace rate limit': [
    (row) => anthropicLimit.workspaceRateLimitReading(row, 'w'),
    { rate_limit_id: 'rl', limits: [{ type: 'requests_per_minute', value: 5 }] },
  ],
  'anthropic spend limit': [
    anthropicLimit.spendLimitReading,
    { id: 'spl', amount: '5', currency: 'USD', period: 'monthly', scope: { type: 'organization' } },
  ],
  'openrouter user': [
    routedPeople.userReading,
    { id: 'u', email: 'e@x.example', first_name: 'n', last_name: null, role: 'org:admin' },
  ],
  'openrouter member': [
    (row) => routedPeople.memberReading(row, 'w'),
    { user_id: 'u', role: 'member', created_at: '2025-03-01T09:00:00Z' },
  ],
  'openrouter workspace': [
    routedWorkspace.workspaceReading,
    { id: 'w', name: 'n', slug: 'default', created_at: '2025-03-01T09:00:00Z' },
  ],
  'openrouter key': [
    (row) => routedKeyReading(row, 'w', MEMBERS),
    {
      hash: 'k',
      name: 'n',
      label: 'sk-or-v1-a...b',
      disabled: false,
      limit: 5,
      limit_reset: 'daily',
      creator_user_id: 'u',
    },
  ],
  'openrouter budget': [
    (row) => budgetReading(row, 'w'),
    { id: 'b', limit_usd: 5.5, reset_interval: 'monthly', workspace_id: 'w' },
  ],
}

const NAMES = Object.keys(READERS)
const ID_FIELDS = ['hash', 'id', 'user_id', 'group_id', 'rate_limit_id', 'workspace_id']

/** What a register can hold: whole, finite numbers and well-formed text. */
function isSound(value: unknown): boolean {
  if (typeof value === 'number') return Number.isSafeInteger(value)
  if (typeof value === 'string') return value.isWellFormed()
  if (typeof value !== 'object' || value === null) return value !== undefined
  return Object.values(value).every(isSound)
}

test.each(NAMES)('%s: any JSON is read without throwing, into sound facts or none', (name) => {
  const [read, good] = READERS[name]!
  const value = fc.jsonValue({ noUnicodeString: false })
  const spoiled = fc
    .dictionary(fc.constantFrom(...Object.keys(good), 'id'), fc.oneof(value, anyString(), fc.double()))
    .map((fields) => ({ ...good, ...fields }))
  fc.assert(
    fc.property(fc.oneof(value, spoiled), (row) => {
      const { id, facts, left } = read(row)
      expect(isSound(facts)).toBe(true)
      const refused = facts.length === 0 && left.length === 1
      expect(id !== null || refused).toBe(true)
    }),
    drillRuns('read-rows'),
  )
})

test.each(NAMES)('%s: each field may be missing, null or of a wrong type; only the id may not', (name) => {
  const [read, good] = READERS[name]!
  const fields = Object.keys(good)
  const idField = ID_FIELDS.find((field) => fields.includes(field))
  for (const field of fields) {
    for (const value of [undefined, null, 42, true, [], {}, [[null]], '']) {
      const row = { ...good, [field]: value }
      if (value === undefined) delete row[field]
      const reading = read(row)
      expect({ field, value, kept: reading.id !== null }).toEqual({ field, value, kept: field !== idField })
    }
  }
})

test.each([
  ['emoji', 'Zoë 👩🏽‍💻🗝️'],
  ['right to left', 'שלום \u202Eevil\u202C مرحبا'],
  ['line breaks and tabs', 'first\nsecond\r\n\tthird'],
  ['markup', '<img onerror=x> | `=cmd()` [a](b)'],
  ['NUL', 'before\u0000after'],
])('a name with %s is kept as it is', (_what, text) => {
  expect(userReading({ id: 'u', name: text }).facts[0]).toMatchObject({ name: text })
  expect(project.projectReading({ id: 'p', name: text }).facts[0]).toMatchObject({ name: text })
  expect(key.projectKeyReading({ id: 'k', name: text }, 'p').facts[0]).toMatchObject({ name: text })
  expect(anthropicPeople.userReading({ id: 'u', name: text }).facts[0]).toMatchObject({ name: text })
  expect(workspaceReading({ id: 'w', name: text }).facts[0]).toMatchObject({ name: text })
  expect(anthropicKey.keyReading({ id: 'k', name: text }, MEMBERS).facts[0]).toMatchObject({ name: text })
})

test('half of a surrogate pair becomes the replacement character, as it would on disk', () => {
  expect(userReading({ id: 'u', name: 'a\uD83D' }).facts[0]).toMatchObject({ name: 'a\uFFFD' })
})

test.each([-1, 0, 1_735_689_600_000, 1e300, 99_999_999_999, Number.NaN, '1735689600', '2025-01-01', true, {}])(
  'OpenAI: the instant %s is invalid; the row is kept and the loss counted',
  (value) => {
    const { facts, left } = userReading({ id: 'u', added_at: value, api_key_last_used_at: value })
    expect(facts[0]).toMatchObject({ externalId: 'u', addedAt: null, lastUsedAt: null })
    expect(left.length).toBe(2)
    expect(
      key.projectKeyReading({ id: 'k', created_at: value, last_used_at: value, expires_at: value }, 'p').facts[0],
    ).toMatchObject({
      createdAt: null,
      expiresAt: null,
      lastUse: { state: 'not-reported' },
    })
  },
)

test.each([
  '-000001-01-01T00:00:00Z',
  '0001-01-01T00:00:00Z',
  '9999-12-31T23:59:59Z',
  '2025-13-45T99:99:99Z',
  'yesterday',
  '1735689600',
  '',
  1_735_689_600,
])('Anthropic: the instant %s is invalid; the row is kept and the loss counted', (value) => {
  const { facts, left } = anthropicPeople.userReading({ id: 'u', added_at: value })
  expect(facts[0]).toMatchObject({ externalId: 'u', addedAt: null })
  expect(left.length).toBe(1)
})

test('instants are read in both notations, offsets and fractions too', () => {
  expect(userReading({ id: 'u', added_at: 1_735_689_600 }).facts[0]).toMatchObject({ addedAt: 1_735_689_600_000 })
  expect(userReading({ id: 'u', added_at: 1_735_689_600.5 }).facts[0]).toMatchObject({ addedAt: 1_735_689_600_500 })
  const anthropic = (added_at: string) => anthropicPeople.userReading({ id: 'u', added_at }).facts[0]
  expect(anthropic('2025-01-01T00:00:00Z')).toMatchObject({ addedAt: 1_735_689_600_000 })
  expect(anthropic('2025-01-01T02:00:00.123456+02:00')).toMatchObject({ addedAt: 1_735_689_600_123 })
})

test('"never used" and "not reported" are two things', () => {
  const lastUse = (row: object) => key.projectKeyReading({ id: 'k', ...row }, 'p').facts[0]
  expect(lastUse({ last_used_at: null })).toMatchObject({ lastUse: { state: 'never' } })
  expect(lastUse({})).toMatchObject({ lastUse: { state: 'not-reported' } })
  expect(lastUse({ last_used_at: 1_735_689_600 })).toMatchObject({ lastUse: { state: 'known', at: 1_735_689_600_000 } })
})

test('unknown words are kept as they are and amount to nothing privileged', () => {
  const user = userReading({ id: 'u', role: 'Grand Vizier' }).facts
  expect(user[0]).toMatchObject({ roleRaw: 'Grand Vizier', level: 'other' })
  expect(user[1]).toMatchObject({ roleRaw: 'Grand Vizier', level: 'other', impliedRoleRaw: null })
  expect(project.projectUserReading({ id: 'u', role: 'auditor' }, 'p').facts[1]).toMatchObject({
    roleRaw: 'auditor',
    level: 'other',
  })
  expect(inviteReading({ id: 'i', status: 'bouncing', role: 'owner', projects: [] }).facts).toEqual([
    expect.objectContaining({ status: 'bouncing', roleRaw: 'owner' }),
  ])
  expect(anthropicPeople.memberReading({ user_id: 'u', workspace_role: 'workspace_seer' }, 'w').facts[1]).toMatchObject(
    {
      roleRaw: 'workspace_seer',
      level: 'other',
    },
  )
  expect(anthropicKey.keyReading({ id: 'k', status: 'quarantined' }, MEMBERS).facts[0]).toMatchObject({
    status: 'quarantined',
  })
  expect(project.projectReading({ id: 'p', status: 'frozen' }).facts[0]).toMatchObject({ status: 'active' })
  expect(isPrivileged('other')).toBe(false)
})

test('an account that is banned or disabled is reported as such', () => {
  expect(userReading({ id: 'u', user: { banned: true } }).facts[0]).toMatchObject({ status: 'banned' })
  expect(
    userReading({ id: 'u', user: { enabled: false, name: 'Inner', email: 'i@x.example' } }).facts[0],
  ).toMatchObject({
    status: 'disabled',
    name: 'Inner',
    email: 'i@x.example',
  })
  expect(userReading({ id: 'u', is_service_account: true }).facts[0]).toMatchObject({ kind: 'service-account' })
})

test('a new limiter of OpenAI is a limit without being known', () => {
  const { facts } = limit.rateLimitReading(
    { id: 'rl', model: 'm', max_dreams_per_1_day: 3, max_x: 1, note_per_1_day: 2 },
    'p',
  )
  expect(facts).toEqual([expect.objectContaining({ metric: 'dreams_per_day', period: 'day', amount: 3 })])
})

test('a negative or absurd amount is left out and counted', () => {
  const rate = limit.rateLimitReading({ id: 'rl', max_requests_per_1_minute: -1, max_tokens_per_1_minute: 1e300 }, 'p')
  expect([rate.facts, rate.left.length]).toEqual([[], 2])
  expect(limit.spendLimitReading({ threshold_amount: -5 }, null)).toMatchObject({
    facts: [],
    left: [expect.any(String)],
  })
  expect(limit.spendLimitReading({ threshold_amount: 5, currency: 'EUR' }, null)).toMatchObject({ facts: [] })
})
