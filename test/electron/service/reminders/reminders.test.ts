import { describe, expect, it } from 'vitest'

import { makeRegister } from '../../../../electron/service/core/context.ts'
import { checkReminders } from '../../../../electron/service/reminders/reminders.ts'
import { key } from '../../register/registers.ts'
import { acmeParts, DAY, keyId, seeded } from '../seeded.ts'
import { recordingHost } from '../services.ts'

const rungs = (fired: readonly { keyName: string; rung: string }[]): string[] =>
  fired.map(({ keyName, rung }) => `${keyName} ${rung}`).toSorted()

describe('reminders', () => {
  it('fire each reminder step once, on its day or at the next check after it', async () => {
    const { clock, service } = await seeded()
    const story: [day: number, fired: string[]][] = []
    for (let day = 0; day < 32; day += 1) {
      const fired = checkReminders(service.context)
      expect(checkReminders(service.context)).toEqual([])
      if (fired.length > 0) story.push([day, rungs(fired)])
      clock.now += DAY
    }
    // prod-web-api is due on 11 April, prod-search-index was due on 1 March.
    expect(story).toEqual([
      [0, ['prod-search-index overdue-4', 'prod-web-api before-14']],
      [3, ['prod-web-api before-7']],
      [4, ['prod-search-index overdue-5']],
      [9, ['prod-web-api before-1']],
      [10, ['prod-web-api before-0']],
      [11, ['prod-search-index overdue-6']],
      [17, ['prod-web-api overdue-1']],
      [18, ['prod-search-index overdue-7']],
      [24, ['prod-web-api overdue-2']],
      [25, ['prod-search-index overdue-8']],
      [31, ['prod-web-api overdue-3']],
    ])
  })

  it('catch up with only the last missed step', async () => {
    const { clock, service } = await seeded()
    clock.now += 12 * DAY
    expect(rungs(checkReminders(service.context))).toEqual(['prod-search-index overdue-6', 'prod-web-api before-0'])
    clock.now += 365 * DAY
    expect(rungs(checkReminders(service.context))).toContain('prod-web-api overdue-52')
  })

  it('start again when the due day moves', async () => {
    const { api, clock, service } = await seeded()
    checkReminders(service.context)
    const id = await keyId(api, 'prod-web-api')
    await api.rotation.mark({ keyId: id })
    expect(rungs(checkReminders(service.context))).toEqual([])
    clock.now += 85 * DAY
    expect(rungs(checkReminders(service.context))).toContain('prod-web-api before-7')
  })

  it('name the key and the day, and link to the key', async () => {
    const host = recordingHost()
    const { api, clock, service } = await seeded({ host })
    const id = await keyId(api, 'prod-web-api')
    checkReminders(service.context)
    expect(host.notifications).toEqual([
      {
        title: 'prod-search-index: 31 days overdue',
        body: 'borealis. Rotation due on 2026-03-01.',
        to: `/keys?key=${await keyId(api, 'prod-search-index')}`,
      },
      {
        title: 'prod-web-api: rotate within 10 days',
        body: 'acme. Rotation due on 2026-04-11.',
        to: `/keys?key=${id}`,
      },
    ])
    host.notifications.length = 0
    clock.now += 9 * DAY
    checkReminders(service.context)
    clock.now += DAY
    checkReminders(service.context)
    expect(host.notifications.map(({ title }) => title)).toEqual([
      'prod-search-index: 40 days overdue',
      'prod-web-api: rotate within 1 day',
      'prod-web-api: rotate today',
    ])
  })

  it('are combined in one notification when they are many', async () => {
    const host = recordingHost()
    const { read, connections, service } = await seeded({ host })
    const many = ['a', 'b', 'c'].map((name) => key(name, { name: `prod-${name}-x`, createdAt: Date.UTC(2025, 0, 1) }))
    read(connections.acme, [{ source: 'project-keys', project: 'proj_a', facts: many }])
    const fired = checkReminders(service.context)
    expect(fired).toHaveLength(4)
    expect(host.notifications).toEqual([
      { title: '4 keys are due for rotation', body: '4 overdue, across 2 clients.', to: '/' },
    ])
  })

  it('of one client name the client, and separate what is overdue from what is due soon', async () => {
    const host = recordingHost()
    const { api, read, connections, service } = await seeded({ host })
    await api.client.archive({ slug: 'borealis' })
    const more = ['a', 'b', 'c'].map((name) => key(name, { name: `prod-${name}-x`, createdAt: Date.UTC(2025, 0, 1) }))
    const parts = acmeParts().map((part) =>
      part.source === 'project-keys' ? { ...part, facts: [...part.facts, ...more] } : part,
    )
    read(connections.acme, parts)
    checkReminders(service.context)
    expect(host.notifications.map(({ body }) => body)).toEqual(['3 overdue, 1 coming up, of acme.'])
  })

  it('show a hostile name on one short line, without invisible characters', async () => {
    const host = recordingHost()
    const { api, read, connections, service } = await seeded({ host })
    await api.client.archive({ slug: 'borealis' })
    const name = `prod-web-\u202eevil\u0007\n\n${'x'.repeat(500)}`
    read(connections.acme, [
      { source: 'project-keys', project: 'proj_a', facts: [key('odd', { name, createdAt: Date.UTC(2025, 8, 1) })] },
    ])
    checkReminders(service.context)
    const [{ title } = { title: '' }] = host.notifications
    expect(title).toMatch(/^prod-web-evil␇ x+…: \d+ days overdue$/u)
    expect(title.length).toBeLessThan(120)
  })

  it('leave the register unchanged when there is nothing to fire', async () => {
    const { service } = await seeded()
    checkReminders(service.context)
    const before = makeRegister(service.context).revision()
    checkReminders(service.context)
    expect(makeRegister(service.context).revision()).toBe(before)
  })

  it('are not given for archived clients nor for removed connections', async () => {
    const { api, connections, service } = await seeded()
    await api.client.archive({ slug: 'acme' })
    await api.connection.remove({ id: connections.borealis })
    expect(checkReminders(service.context)).toEqual([])
  })
})

describe('a snooze', () => {
  it('silences a key until its day, then reminds of it once, whatever came up meanwhile', async () => {
    const { api, clock, service } = await seeded()
    await api.client.archive({ slug: 'borealis' })
    const id = await keyId(api, 'prod-web-api')
    expect(rungs(checkReminders(service.context))).toEqual(['prod-web-api before-14'])
    const snoozed = await api.rotation.snooze({ keyId: id, until: '2026-04-06' })
    expect(snoozed.rotation).toMatchObject({ snoozedUntil: '2026-04-06', nextReminderOn: '2026-04-06' })
    for (let day = 1; day < 5; day += 1) {
      clock.now += DAY
      expect(checkReminders(service.context)).toEqual([])
    }
    clock.now += DAY
    expect(rungs(checkReminders(service.context))).toEqual(['prod-web-api snoozed-2026-04-06'])
    expect(checkReminders(service.context)).toEqual([])
    const { row } = await api.keys.get({ keyId: id })
    expect(row.rotation).toMatchObject({ snoozedUntil: null, nextReminderOn: '2026-04-10' })
    const later: string[] = []
    for (let day = 0; day < 5; day += 1) {
      clock.now += DAY
      later.push(...rungs(checkReminders(service.context)))
    }
    expect(later).toEqual(['prod-web-api before-1', 'prod-web-api before-0'])
  })

  it('that ended while the application was closed fires at the next check, for all that came up since', async () => {
    const { api, clock, service } = await seeded()
    await api.client.archive({ slug: 'borealis' })
    const id = await keyId(api, 'prod-web-api')
    await api.rotation.snooze({ keyId: id, until: '2026-04-05' })
    clock.now += 18 * DAY
    expect((await api.keys.get({ keyId: id })).row.rotation.snoozedUntil).toBeNull()
    expect(rungs(checkReminders(service.context))).toEqual(['prod-web-api snoozed-2026-04-05'])
    clock.now += DAY
    expect(checkReminders(service.context)).toEqual([])
    clock.now += 6 * DAY
    expect(rungs(checkReminders(service.context))).toEqual(['prod-web-api overdue-2'])
  })

  it('that delayed nothing ends silently', async () => {
    const { api, clock, service } = await seeded()
    await api.client.archive({ slug: 'borealis' })
    const id = await keyId(api, 'dev-web-api')
    const far = await api.rotation.snooze({ keyId: id, until: '2026-04-10' })
    expect(far.rotation.nextReminderOn).toBe('2026-07-29')
    clock.now = Date.UTC(2026, 6, 29, 12)
    expect(rungs(checkReminders(service.context))).toContain('dev-web-api before-30')
  })

  it('can be ended, and repeated', async () => {
    const { api, clock, service } = await seeded()
    await api.client.archive({ slug: 'borealis' })
    const id = await keyId(api, 'prod-web-api')
    await api.rotation.snooze({ keyId: id, until: '2026-04-20' })
    await api.rotation.snooze({ keyId: id, until: null })
    expect(rungs(checkReminders(service.context))).toEqual(['prod-web-api before-14'])
    await api.rotation.snooze({ keyId: id, until: '2026-04-02' })
    clock.now += DAY
    expect(rungs(checkReminders(service.context))).toEqual(['prod-web-api snoozed-2026-04-02'])
    await api.rotation.snooze({ keyId: id, until: '2026-04-03' })
    clock.now += DAY
    expect(rungs(checkReminders(service.context))).toEqual(['prod-web-api snoozed-2026-04-03'])
  })

  it.each(['2026-04-01', '2026-03-01', '2026-02-30'])('until %s is refused', async (until) => {
    const { api } = await seeded()
    const id = await keyId(api, 'prod-web-api')
    await expect(api.rotation.snooze({ keyId: id, until })).rejects.toThrow(/not in the future|does not exist/iu)
  })
})
