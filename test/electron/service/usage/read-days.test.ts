import { expect, it } from 'vitest'

import { replaceUsageDays } from '../../../../electron/register/usage/days.ts'
import { USAGE_BY } from '../../../../shared/contract/usage.ts'
import { billing, day, fact } from '../reports/spending.ts'

/** Two dollars a day in 60 days up to 21 November, of which the reading began on 24 October; another organization was never read. */
async function firstRead() {
  const service = await billing()
  await service.api.client.add({ name: 'Kelp' })
  const main = service.connect('kelp', 'Main')
  service.connect('kelp', 'Never')
  const days = Array.from({ length: 30 }, (_, n) => new Date(Date.UTC(2026, 9, 24 + n)).toISOString().slice(0, 10))
  const facts = days.map((day) => fact(day, { project: 'chat', model: 'gpt-5.4', cost: 2_000_000 }))
  service.bill('kelp', main, ['2026-10-24', '2026-11-23'], facts)
  return { ...service, main }
}

const BILLED = { client: 'kelp', source: 'billed' } as const

it('usage of a month that was read from its middle on has these days and no comparison, in its rows and its total', async () => {
  const { api } = await firstRead()
  const october = await api.usage.by({ ...BILLED, month: '2026-10', by: 'project' })
  expect(october).toMatchObject({
    reading: { state: 'part', days: [{ from: 20_750, to: 20_758 }] },
    readingBefore: { state: 'none' },
    never: ['Never'],
    rows: [{ cost: 16_000_000, before: null }],
    total: { cost: 16_000_000, before: null },
  })
  expect(await api.usage.compare({ ...BILLED, month: '2026-10' })).toMatchObject({
    now: { cost: 16_000_000 },
    before: null,
    last: null,
    reading: { state: 'part' },
  })
})

it('usage of a running month is compared with the same days, through the last day that was read, once all of them were', async () => {
  const { api, bill, main } = await firstRead()
  expect(await api.usage.compare({ ...BILLED, month: '2026-11' })).toMatchObject({
    to: '2026-11-22',
    reading: { state: 'whole' },
    readingBefore: { state: 'none' },
    before: null,
  })
  bill('kelp', main, ['2026-09-15', '2026-10-24'], [fact('2026-10-02', { project: 'chat', cost: 5_000_000 })])
  expect(await api.usage.compare({ ...BILLED, month: '2026-11' })).toMatchObject({
    now: { cost: 44_000_000 },
    before: { cost: 5_000_000 },
    last: { cost: 21_000_000 },
    never: ['Never'],
  })
})

it('usage over time has of each period how much of it was read', async () => {
  const { api } = await firstRead()
  const { periods, read, totals } = await api.usage.series({
    ...BILLED,
    stretch: '12-months',
    month: '2026-11',
    by: 'project',
  })
  expect(periods.map((period, at) => [period, read[at], totals[at]?.cost]).slice(-3)).toEqual([
    ['2026-09', 'none', 0],
    ['2026-10', 'part', 16_000_000],
    ['2026-11', 'part', 44_000_000],
  ])
})

it('the rows of a running month, by anything, have all that was read, and differ from the month before by the same read days of both', async () => {
  const { api, bill, main, register } = await firstRead()
  const spent = (on: string, cost: number) =>
    fact(on, { project: 'chat', key: 'k', principal: 'u', model: 'gpt-5.4', cost })
  bill('kelp', main, ['2026-09-15', '2026-10-24'], [spent('2026-10-02', 5_000_000)])
  register.transact((writer) =>
    replaceUsageDays(
      writer,
      { clientId: register.reader.value<number>("SELECT id FROM client WHERE slug = 'kelp'") ?? 0, connectionId: main },
      { report: 'cost', from: day('2026-11-23'), to: day('2026-11-24'), facts: [spent('2026-11-23', 70_000_000)] },
    ),
  )
  const { now, before, to } = await api.usage.compare({ ...BILLED, month: '2026-11' })
  expect([to, now.cost, before?.cost]).toEqual(['2026-11-22', 44_000_000, 5_000_000])
  for (const by of USAGE_BY) {
    const { rows, total } = await api.usage.by({ ...BILLED, month: '2026-11', by })
    const difference = now.cost - (before?.cost ?? 0)
    // Of the day that is not over, 70 dollars are known.
    expect([by, total]).toMatchObject([by, { cost: now.cost + 70_000_000, before: before?.cost, difference }])
    expect([by, rows.reduce((sum, row) => sum + (row.difference ?? 0), 0)]).toEqual([by, difference])
  }
})

it('pairs of a month and the inside of a day or a month have which of their days were read', async () => {
  const { api } = await firstRead()
  const inside = async (period: string) => {
    const { from, to, reading, never } = await api.usage.inside({ ...BILLED, period, by: 'model', rowKey: 'gpt-5.4' })
    return [from, to, reading.state, never]
  }
  expect(await inside('2026-10-23')).toEqual(['2026-10-23', '2026-10-23', 'none', ['Never']])
  expect(await inside('2026-10-24')).toEqual(['2026-10-24', '2026-10-24', 'whole', ['Never']])
  expect(await inside('2026-10')).toEqual(['2026-10-01', '2026-10-31', 'part', ['Never']])
  // The day of the question is not over, and later ones have not begun.
  expect(await inside('2026-11')).toEqual(['2026-11-01', '2026-11-23', 'part', ['Never']])
  const months = await Promise.all(
    ['2026-09', '2026-10'].map((month) => api.usage.matrix({ ...BILLED, month, of: 'key-model' })),
  )
  expect(months.map(({ cells, reading }) => [cells.length, reading.state])).toEqual([
    [0, 'none'],
    [1, 'part'],
  ])
})

it('usage over the days of a running month has the day of the answer, after which no day is unread', async () => {
  const { api } = await firstRead()
  const { today, periods, read } = await api.usage.series({
    ...BILLED,
    stretch: 'month',
    month: '2026-11',
    by: 'project',
  })
  expect([today, periods.length, read.filter((state) => state === 'whole').length]).toEqual(['2026-11-23', 30, 22])
})
