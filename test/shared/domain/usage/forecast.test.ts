import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { daysUntil, forecastMonth, monthSpan, type DaySpend } from '../../../../shared/domain/usage/forecast.ts'

const TODAY = Date.parse('2026-11-16') / 86_400_000

/** Spend of each day before today, for some weeks. */
function spend(weeks: number, costOf: (day: number) => number): DaySpend[] {
  return Array.from({ length: weeks * 7 }, (_, n) => ({
    day: TODAY - weeks * 7 + n,
    cost: costOf(TODAY - weeks * 7 + n),
  }))
}

describe('the forecast of a month', () => {
  it('of steady days is a day for each', () => {
    expect(
      forecastMonth(
        spend(20, () => 1000),
        TODAY,
      ),
    ).toEqual({ cost: 30_000, error: 0 })
  })

  it('knows that weekends are quiet', () => {
    const isWeekend = (day: number): boolean => [6, 0].includes(new Date(day * 86_400_000).getUTCDay())
    const days = spend(20, (day) => (isWeekend(day) ? 0 : 700))
    const weekdays = Array.from({ length: 30 }, (_, n) => monthSpan(TODAY).start + n).filter((day) => !isWeekend(day))
    expect(forecastMonth(days, TODAY)).toEqual({ cost: weekdays.length * 700, error: 0 })
  })

  it('of a new organization takes the days there are, and promises nothing of its error', () => {
    expect(
      forecastMonth(
        [
          { day: TODAY - 2, cost: 300 },
          { day: TODAY - 1, cost: 100 },
        ],
        TODAY,
      ),
    ).toEqual({
      cost: 400 + 15 * 200,
      error: null,
    })
    expect(forecastMonth([], TODAY)).toEqual({ cost: 0, error: null })
  })

  it('keeps what today has spent beyond what it was expected to', () => {
    expect(forecastMonth([...spend(20, () => 1000), { day: TODAY, cost: 5000 }], TODAY).cost).toBe(34_000)
    expect(forecastMonth([...spend(20, () => 1000), { day: TODAY, cost: 10 }], TODAY).cost).toBe(30_000)
  })

  it('is never less than what was spent, and whole', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(1_000_000), { maxLength: 120 }), (costs) => {
        const days = costs.map((cost, n) => ({ day: TODAY - n, cost }))
        const spent = days.filter(({ day }) => day >= monthSpan(TODAY).start).reduce((sum, { cost }) => sum + cost, 0)
        const { cost } = forecastMonth(days, TODAY)
        expect(cost).toBeGreaterThanOrEqual(spent)
        expect(Number.isSafeInteger(cost)).toBe(true)
      }),
    )
  })
})

describe('days until a limit', () => {
  it('are counted by what days usually spend', () => {
    const days = spend(20, () => 1000)
    expect(daysUntil(days, TODAY, 15_000)).toBe(0)
    expect(daysUntil(days, TODAY, 15_001)).toBe(1)
    expect(daysUntil(days, TODAY, 18_000)).toBe(3)
    expect(daysUntil(days, TODAY, 100_000)).toBeNull()
  })
})
