import { expect, it } from 'vitest'

import { foundInMemory } from './memory-servers.ts'

it('members who change different values of a client’s policy or reports at the same time keep both, and of one value the later', async () => {
  const { founder, join } = await foundInMemory()
  const anna = await join('Anna')
  await founder.api.team.grant({ client: 'acme', member: 'anna@northlight.example', role: 'lead' })
  await anna.api.team.exchange()
  const set = (one: typeof founder, values: Parameters<typeof founder.api.policy.set>[0]['values']) =>
    one.api.policy.set({ client: 'acme', values })
  const exchangeAll = async (): Promise<void> => {
    for (const { api } of [founder, anna, founder]) await api.team.exchange()
  }
  const shown = () =>
    Promise.all([founder, anna].map(async ({ api }) => (await api.policy.get({ client: 'acme' })).override))
  await set(founder, { maxPrivileged: 2, otherKeyDays: 60 })
  await exchangeAll()

  await set(founder, { maxPrivileged: 3, otherKeyDays: 60 })
  await set(anna, { maxPrivileged: 2, adminKeyDays: 30 })
  await exchangeAll()
  expect(await shown()).toEqual(Array.from({ length: 2 }, () => ({ maxPrivileged: 3, adminKeyDays: 30 })))

  await set(founder, { maxPrivileged: 4, adminKeyDays: 30 })
  await set(anna, null)
  await exchangeAll()
  expect(await shown()).toEqual([null, null])

  await founder.api.reports.set({ client: 'acme', values: { weekly: true, markupBasisPoints: 100 } })
  await anna.api.reports.set({ client: 'acme', values: { monthly: true, currency: 'EUR', rateMillionths: 920_000 } })
  await exchangeAll()
  const reports = await Promise.all([founder, anna].map(({ api }) => api.reports.settings({ client: 'acme' })))
  for (const each of reports) {
    expect(each).toMatchObject({ weekly: true, monthly: true, markupBasisPoints: 100, currency: 'EUR' })
    expect(each).toEqual(reports[0])
  }
  for (const { api } of [founder, anna]) expect((await api.evidence.verifyRegister({})).problems).toEqual([])
})
