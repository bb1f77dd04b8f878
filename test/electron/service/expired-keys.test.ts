import { beforeEach, describe, expect, it } from 'vitest'

import { evaluateNow } from '../../../electron/service/findings/findings.ts'
import { checkReminders } from '../../../electron/service/reminders/reminders.ts'
import { key } from '../register/registers.ts'
import { acmeParts, DAY, NOON, type Seeded, seeded } from './seeded.ts'

/**
 * Overdue for months by the policy; its expiry passes an hour after it was read. Its provider reported it as active.
 */
const EXPIRING = key('key_1', { name: 'prod-web-api', createdAt: NOON - 300 * DAY, expiresAt: NOON + 3_600_000 })

describe.each([
  ['before its expiry', 0, true],
  ['once its expiry has passed, without another sync', DAY, false],
])('a key %s', (_, later, isOpen) => {
  let of: Seeded

  beforeEach(async () => {
    of = await seeded()
    const parts = acmeParts().map((part) => (part.source === 'project-keys' ? { ...part, facts: [EXPIRING] } : part))
    of.read(of.connections.acme, parts)
    of.clock.now = NOON + later
    evaluateNow(of.service.context)
  })

  const client = 'acme'
  const places: readonly (readonly [string, () => Promise<unknown>, unknown, unknown])[] = [
    [
      'queue of Today',
      async () => (await of.api.today.list({ client })).entries.filter(({ kind }) => kind === 'keys').length,
      1,
      0,
    ],
    ['list of due keys', async () => (await of.api.rotation.due({ client, offset: 0, limit: 9 })).total, 1, 0],
    ['due keys as JSON', async () => (await of.api.rotation.dueJson({ client, offset: 0, limit: 9 })).rows, 1, 0],
    [
      'calendar of the window',
      async () =>
        (await of.api.rotation.calendar({ client, from: '2025-06-01', until: '2026-05-01' })).map(({ count }) => count),
      [1],
      [],
    ],
    [
      'exported calendar',
      async () => (await of.api.files.renderCalendar({ client })).text.includes('prod-web-api'),
      true,
      false,
    ],
    [
      'reminders',
      async () => checkReminders(of.service.context).filter(({ keyName }) => keyName === 'prod-web-api').length,
      1,
      0,
    ],
    [
      'Markdown register',
      async () => (await of.api.files.renderRegister({ client, format: 'md' })).text.includes('prod-web-api'),
      true,
      false,
    ],
    ['keys that have expired', async () => (await of.api.keys.list({ client, status: 'expired' })).total, 0, 1],
    ['keys that are active', async () => (await of.api.keys.list({ client, status: 'active' })).total, 1, 0],
    ['overdue keys', async () => (await of.api.keys.list({ client, rotation: 'overdue' })).total, 1, 0],
    [
      'findings',
      async () =>
        (await of.api.findings.list({ client })).rows.filter(({ rule }) => rule.id === 'rotation-overdue').length,
      1,
      0,
    ],
  ]

  it.each(places)(`has the same state in the %s`, async (_place, ask, open, closed) => {
    expect(await ask()).toEqual(isOpen ? open : closed)
  })
})
