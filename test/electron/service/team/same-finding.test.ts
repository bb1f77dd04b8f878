import { expect, it } from 'vitest'

import { addDays, toLocalDay } from '../../../../shared/domain/day.ts'
import { describeUnseen } from '../../../../shared/domain/findings/unseen-words.ts'
import { connected, northfold, synced } from '../fakes.ts'
import { foundInMemory } from './memory-servers.ts'
import { FOUNDER } from './teams.ts'

it('of two members who accept the risk of a finding at the same time the shorter acceptance holds, and both see why the longer one does not', async () => {
  const { founder, join } = await foundInMemory()
  const anna = await join('Anna')
  await founder.api.team.grant({ client: 'acme', member: 'anna@northlight.example', role: 'lead' })
  await connected(founder.api, await northfold(), { client: 'acme' })
  await synced(founder.api)
  const both = [founder, anna]
  const exchangeAll = async (): Promise<void> => {
    for (const { api } of [founder, anna, founder]) await api.team.exchange()
  }
  await exchangeAll()
  const find = async ({ api }: typeof founder): Promise<number> =>
    (await api.findings.list({ limit: 1, state: 'open' })).rows[0]?.findingId ?? 0
  const ids = await Promise.all(both.map(find))
  const get = () => Promise.all(both.map(({ api }, at) => api.findings.get({ findingId: ids[at] ?? 0 })))
  const accept = ({ api }: typeof founder, until: string) =>
    api.findings.accept({
      findingId: ids[api === founder.api ? 0 : 1] ?? 0,
      until,
      reason: 'Replaced soon',
      confirm: 'ACCEPT 1',
    })
  const today = toLocalDay(founder.context.now())
  const [soon, late] = [addDays(today, 7), addDays(today, 90)]

  await accept(founder, soon)
  await accept(anna, late)
  expect((await get()).map(({ unseen }) => unseen)).toEqual([null, null])
  await exchangeAll()
  for (const { row, unseen } of await get()) {
    expect(row.accepted).toMatchObject({ until: soon, by: FOUNDER.name })
    expect(unseen).toMatchObject({ held: { until: soon, by: FOUNDER.name }, others: [{ until: late, by: 'Anna' }] })
    expect(unseen && describeUnseen(unseen, { name: (name) => name, day: (day) => day })).toEqual([
      `Anna accepted the risk until ${late}, which does not hold: neither of the two members had seen the decision of the other. ${FOUNDER.name} had accepted it until ${soon}, and the shorter acceptance holds.`,
    ])
  }

  // Anna has seen both now.
  await accept(anna, late)
  await exchangeAll()
  for (const { row, unseen } of await get()) {
    expect(row.accepted).toMatchObject({ until: late, by: 'Anna' })
    expect(unseen).toBeNull()
  }

  await founder.api.findings.reopen({ findingId: ids[0] ?? 0 })
  await accept(anna, soon)
  await exchangeAll()
  for (const { row, unseen } of await get()) {
    expect(row).toMatchObject({ state: 'open', accepted: null })
    expect(unseen).toMatchObject({ held: { until: null, by: FOUNDER.name }, others: [{ until: soon, by: 'Anna' }] })
    expect(unseen && describeUnseen(unseen, { name: (name) => name, day: (day) => day })).toEqual([
      `Anna accepted the risk until ${soon}, which does not hold: neither of the two members had seen the decision of the other. ${FOUNDER.name} had ended the acceptance, so the finding is open.`,
    ])
  }
  for (const { api } of both) expect((await api.evidence.verifyRegister({})).problems).toEqual([])
})
