import { expect, test } from 'vitest'
import * as fc from 'fast-check'

import * as anthropicKey from '../../../../electron/providers/anthropic/normalise/key.ts'
import * as anthropicPeople from '../../../../electron/providers/anthropic/normalise/people.ts'
import { workspaceReading } from '../../../../electron/providers/anthropic/normalise/workspace.ts'
import { inviteReading } from '../../../../electron/providers/openai/normalise/invite.ts'
import * as key from '../../../../electron/providers/openai/normalise/key.ts'
import * as limit from '../../../../electron/providers/openai/normalise/limit.ts'
import * as project from '../../../../electron/providers/openai/normalise/project.ts'
import { userReading } from '../../../../electron/providers/openai/normalise/user.ts'
import { isPrivileged } from '../../../../shared/domain/role.ts'
import { anyString } from '../../../any-string.ts'
import { MEMBERS } from './row-sample.ts'
import { SAMPLES } from './row-samples.ts'
import { drillRuns } from '../../../drills/drill.ts'

const NAMES = Object.keys(SAMPLES)
/** Fields without which it is not known what a row is about, or what it gives. */
const IDENTIFY = new Set(
  (
    'hash id user_id group_id rate_limit_id workspace_id token team_id organization_id credential_name guardrail_id provider actor assignee ' +
    'email scim_group_id'
  ).split(' '),
)

/** Identifying fields that a provider documents as null where the row is about no one. */
const ABOUT_NO_ONE = new Set(['assignee'])

/** What a register can hold: whole, finite numbers and well-formed text. */
function isSound(value: unknown): boolean {
  if (typeof value === 'number') return Number.isSafeInteger(value)
  if (typeof value === 'string') return value.isWellFormed()
  if (typeof value !== 'object' || value === null) return value !== undefined
  return Object.values(value).every(isSound)
}

test.each(NAMES)('%s: any JSON is read without throwing, into sound facts or none', (name) => {
  const { read, row: good } = SAMPLES[name]!
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

test.each(NAMES)('%s: each field may be missing or null; only the id may not', (name) => {
  const { read, row: good } = SAMPLES[name]!
  const [idField] = Object.keys(good)
  for (const field of Object.keys(good)) {
    for (const value of [undefined, null, '']) {
      const row: Record<string, unknown> = { ...good, [field]: value }
      if (value === undefined) delete row[field]
      if (value === '' && typeof good[field] !== 'string') continue
      const kept = read(row).id !== null
      // Other identifying fields may be missing or not, as the list has it.
      const mayLack = !IDENTIFY.has(field) || (value === null && ABOUT_NO_ONE.has(field))
      const mayKeep = field === idField ? mayLack : kept || mayLack
      expect({ field, value, kept }).toEqual({ field, value, kept: mayKeep })
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

test.each([-1, 0, 1e300, 99_999_999_999, Number.NaN, true, {}])(
  'OpenAI: the instant %s cannot be read; the row is kept and the field named',
  (value) => {
    const { facts, left } = userReading({ id: 'u', added_at: value, api_key_last_used_at: value })
    expect(facts[0]).toMatchObject({ externalId: 'u', addedAt: null, lastUsedAt: null })
    expect(left).toEqual(
      ['added_at', 'api_key_last_used_at'].map((field) => ({
        harmless: `The date “${field}” cannot be read; its row was kept without it.`,
      })),
    )
    expect(
      key.projectKeyReading({ id: 'k', created_at: value, last_used_at: value, expires_at: value }, 'p').facts[0],
    ).toMatchObject({
      createdAt: null,
      expiresAt: 'unread',
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
  '1.5',
])('Anthropic: the instant %s cannot be read; the row is kept and the loss counted', (value) => {
  const { facts, left } = anthropicPeople.userReading({ id: 'u', role: 'user', added_at: value })
  expect(facts[0]).toMatchObject({ externalId: 'u', addedAt: null })
  expect(left.length).toBe(1)
})

test.each([
  [1_735_689_600, 0],
  [1_735_689_600.5, 500],
  [1_735_689_600_000, 0],
  ['1735689600', 0],
  ['1735689600000', 0],
  ['2025-01-01', 0],
  ['2025-01-01T00:00:00Z', 0],
  ['2025-01-01 00:00:00', 0],
  ['2025-01-01T00:00:00.123456', 123],
  ['2025-01-01T02:00:00.123456+02:00', 123],
  ['2024-12-31t19:00:00-0500', 0],
])('the instant %s of any provider is read, without a zone as UTC', (value, more) => {
  const at = { addedAt: 1_735_689_600_000 + more }
  expect(userReading({ id: 'u', added_at: value }).facts[0]).toMatchObject(at)
  expect(anthropicPeople.userReading({ id: 'u', added_at: value }).facts[0]).toMatchObject(at)
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
