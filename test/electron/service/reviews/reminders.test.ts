import { expect, it } from 'vitest'

import { checkReminders } from '../../../../electron/service/reminders/reminders.ts'
import { leave } from '../reviewing.ts'
import { DAY, NOON, seeded } from '../seeded.ts'
import { newService, recordingHost } from '../services.ts'

/** One client whose administrators alone are reviewed soon: the others are due in two years. */
async function acmeAlone() {
  const host = recordingHost()
  const of = await seeded({ host })
  await of.api.client.archive({ slug: 'borealis' })
  const far = { reviewKeysMonths: 24, reviewRolesMonths: 24, reviewMembershipMonths: 24 }
  await of.api.policy.set({ values: { ...far, reviewLeadDays: [7, 0], overdueEveryDays: 7, leadDays: [0] } })
  const reported = async (at: number): Promise<string[]> => {
    of.clock.now = at
    const before = host.notifications.length
    checkReminders(of.service.context)
    return host.notifications.slice(before).flatMap(({ title }) => (title.startsWith('Review ') ? [title] : []))
  }
  return { of, host, reported }
}

/** The administrators of Acme are due on this day, a month after they were first synced. */
const DUE = Date.UTC(2026, 4, 1, 12)

it('fire each reminder step once, and only the last of those that were missed', async () => {
  const { reported, host } = await acmeAlone()
  expect(await reported(DUE - 8 * DAY)).toEqual([])
  expect(await reported(DUE - 5 * DAY)).toEqual(['Review Administrators: sign within 5 days'])
  expect(await reported(DUE - 4 * DAY)).toEqual([])
  expect(await reported(DUE)).toEqual(['Review Administrators: sign today'])
  expect(await reported(DUE + 6 * DAY)).toEqual([])
  expect(await reported(DUE + 7 * DAY)).toEqual(['Review Administrators: 7 days overdue'])
  expect(await reported(DUE + 30 * DAY)).toEqual(['Review Administrators: 30 days overdue'])
  expect(host.notifications.find(({ title }) => title.startsWith('Review '))).toMatchObject({
    body: 'acme. Sign-off due on 2026-05-01.',
    to: '/reviews?client=acme',
  })
})

it('link to the review once it is open, and start again after it was signed', async () => {
  const { reported, of, host } = await acmeAlone()
  of.clock.now = DUE - 8 * DAY
  const { reviewId } = await of.api.reviews.open({ kind: 'admins', client: 'acme' })
  await reported(DUE)
  expect(host.notifications.map(({ to }) => to)).toContain(`/reviews?review=${reviewId}`)
  await of.api.reviews.decide({ reviewId, items: {}, decision: 'keep', why: 'In charge.' })
  await of.api.reviews.sign({ reviewId, as: 'Mara' })
  expect(await reported(DUE + 7 * DAY)).toEqual([])
  expect(await reported(Date.UTC(2026, 5, 1, 12))).toEqual(['Review Administrators: sign today'])
})

it('notify of a leaver on the same day, and catch up at the next start', async () => {
  const { reported, of } = await acmeAlone()
  leave(of, 'tomas@acme.example')
  expect(await reported(NOON)).toEqual(['Review Leavers: sign today'])
  const { profile } = of.service.context.session()
  await of.service.close()
  const host = recordingHost()
  const service = await newService({ profile, host, now: () => NOON + 8 * DAY })
  checkReminders(service.context)
  expect(host.notifications.map(({ title }) => title)).toContain('Review Leavers: 8 days overdue')
})

it('combine many in one notification', async () => {
  const host = recordingHost()
  const of = await seeded({ host })
  of.clock.now = Date.UTC(2026, 6, 5, 12)
  checkReminders(of.service.context)
  expect(host.notifications).toContainEqual({
    title: '8 reviews are awaiting sign-off',
    body: '8 overdue, across 2 clients.',
    to: '/',
  })
})
