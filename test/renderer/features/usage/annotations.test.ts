import { describe, expect, it } from 'vitest'

import { findLine, toNotes } from '../../../../renderer/features/usage/annotations.ts'
import type { AnomalyRow, BudgetRow } from '../../../../shared/contract/budgets.ts'

const series = {
  periods: ['2026-11-01', '2026-11-30'],
  lines: [],
  other: null,
  totals: [],
  read: ['whole' as const, 'whole' as const],
  today: '2026-12-01',
}
const budgets = [
  { budgetId: null, project: null, connection: null, amount: 6_000_000_000 },
  { budgetId: 1, project: { id: 7, name: 'ChatBot' }, connection: { id: 1 }, amount: 572_000_000 },
  { budgetId: 2, project: null, connection: null, amount: 3_000_000_000 },
] as unknown as readonly BudgetRow[]

const ask = (change: Partial<Parameters<typeof findLine>[1]>) =>
  findLine(budgets, { client: 'acme', series, stretch: 'month', project: null, ...change })

describe('the budget line of the chart', () => {
  it('is what the agreed budget of the one client allows for each day, never a provider limit', () => {
    expect(ask({})).toEqual({ label: 'Budget for each day:', value: 100_000_000 })
    expect(ask({ stretch: '12-months' })).toEqual({ label: 'Budget a month:', value: 3_000_000_000 })
  })

  it('is that of the one project that is shown', () => {
    expect(ask({ project: { name: 'ChatBot', ref: 7 }, stretch: '12-months' })?.value).toBe(572_000_000)
    expect(ask({ project: { name: 'Other', ref: 8 } })).toBeUndefined()
    expect(ask({ project: { name: 'Unknown', ref: null } })).toBeUndefined()
  })

  it('is missing where several clients are shown', () => {
    expect(ask({ client: undefined })).toBeUndefined()
  })
})

it('an anomaly of a project is noted on the day that deviates most, if that day is shown', () => {
  const row = {
    of: 'project',
    name: 'ChatBot',
    ref: 7,
    measure: 'cost',
    peak: { day: '2026-11-30', amount: 120_000_000, usual: 30_000_000 },
  } as unknown as AnomalyRow
  const earlier = { ...row, peak: { ...row.peak, day: '2026-10-30' } }
  expect(toNotes([row, earlier], { series, project: null })).toEqual([
    { period: '2026-11-30', text: 'Anomaly: ChatBot, $120.00 (expected $30.00)' },
  ])
  expect(toNotes([row], { series, project: { name: 'Other', ref: 8 } })).toEqual([])
  const hostile = { ...row, name: 'Chat\u202eBot' }
  expect(toNotes([hostile], { series, project: null })[0]?.text).not.toContain('\u202e')
})
