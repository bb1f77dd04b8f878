import { describe, expect, it } from 'vitest'

import {
  amountWord,
  deviationWord,
  outlookWord,
  readWord,
  setByName,
  spentWord,
} from '../../../../renderer/features/budgets/labels.ts'
import type { AnomalyRow, BudgetRow } from '../../../../shared/contract/budgets.ts'

const budget = (change: Partial<BudgetRow>): BudgetRow =>
  ({ percent: 40, forecast: 500_000_000, daysLeft: null, ...change }) as BudgetRow

describe('the outlook of a budget', () => {
  it('names the day on which its limit is reached', () => {
    expect(outlookWord(budget({ daysLeft: 3 }), '2026-11-25')).toEqual({
      tone: 'warn',
      word: 'Reaches its limit on 28 Nov',
    })
  })

  it('is the forecast of the month where the limit is not reached, and nothing without a forecast', () => {
    expect(outlookWord(budget({}), '2026-11-25').word).toBe('≈ 500.00 by month end')
    expect(outlookWord(budget({ forecast: null }), '2026-11-25').word).toBe('No forecast')
  })

  it('is that the limit is reached, by spend or by forecast', () => {
    expect(outlookWord(budget({ percent: 100, daysLeft: 0 }), '2026-11-25')).toMatchObject({ tone: 'bad' })
    expect(outlookWord(budget({ daysLeft: 0 }), '2026-11-25').word).toBe('Limit reached, by forecast')
  })
})

it('a budget of a month of which not all days were read is not on track, and has the days that were read', () => {
  const days = [
    { from: 20_758, to: 20_760 },
    { from: 20_765, to: 20_770 },
  ]
  const states = [{ state: 'whole' }, { state: 'part', days }, { state: 'none' }] as const
  const rows = states.map((reading) => budget({ reading, thresholds: [80], readThrough: '2026-11-12' }))
  expect(rows.map((row) => spentWord(row).word)).toEqual(['On track', 'Read in part', 'Not read'])
  // What was read is the least that was spent.
  expect(rows.map((row) => spentWord({ ...row, percent: 85 }).word)).toEqual(['Over 80 %', 'Over 80 %', 'Over 80 %'])
  expect(rows.map((row) => readWord(row).word)).toEqual([
    'Read through 12 Nov',
    'Read from 1 Nov through 2 Nov and 8 Nov through 12 Nov',
    'Read through 12 Nov',
  ])
})

it('who set a limit begins a cell with a capital letter, and a name or an address stays as it is', () => {
  expect(['the key admin', 'ana@acme.example', 'ci-bot', null].map(setByName)).toEqual([
    'The key admin',
    'ana@acme.example',
    'ci-bot',
    null,
  ])
})

describe('an anomaly', () => {
  const row = (change: Partial<AnomalyRow>): AnomalyRow =>
    ({ measure: 'cost', amount: 120_000_000, usual: 30_000_000, ...change }) as AnomalyRow

  it('deviates by an amount, and by per cent where something was expected', () => {
    expect(deviationWord(row({}))).toBe('+$90.00 (+300 %)')
    expect(deviationWord(row({ amount: 0 }))).toBe('−$30.00 (−100 %)')
    expect(deviationWord(row({ usual: 0 }))).toBe('+$120.00')
    expect(deviationWord(row({ measure: 'tokens', amount: 3_200_000, usual: 200_000 }))).toBe('+3 M tokens (+1,500 %)')
  })

  it('has amounts in the unit of its measure', () => {
    expect([amountWord('cost', 1_500_000), amountWord('estimate', 1_500_000), amountWord('tokens', 7.4e9)]).toEqual([
      '$1.50',
      '≈ $1.50',
      '7.4 B tokens',
    ])
  })
})
