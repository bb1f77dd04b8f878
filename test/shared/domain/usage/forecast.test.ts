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
    ).toMatchObject({ cost: 30_000, error: 0, way: 'weekday' })
  })

  it('knows that weekends are quiet', () => {
    const isWeekend = (day: number): boolean => [6, 0].includes(new Date(day * 86_400_000).getUTCDay())
    const days = spend(20, (day) => (isWeekend(day) ? 0 : 700))
    const weekdays = Array.from({ length: 30 }, (_, n) => monthSpan(TODAY).start + n).filter((day) => !isWeekend(day))
    const forecast = forecastMonth(days, TODAY)
    expect(forecast).toMatchObject({ way: 'weekday', cost: weekdays.length * 700, error: 0 })
    // The sixteenth of November 2026 is a Monday: a mean over the month so far has seen more weekends than are left.
    expect(forecast.ways.find(({ way }) => way === 'run-rate')?.error).toBeGreaterThan(0)
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
    ).toMatchObject({
      cost: 400 + 15 * 200,
      error: null,
    })
    expect(forecastMonth([], TODAY)).toMatchObject({ cost: 0, error: null, way: 'weekday' })
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

describe('which way a forecast goes', () => {
  it('is by the run rate where days of the week have been further off', () => {
    // Each month spends at a rate of its own: what the weeks before did says little.
    const days = spend(36, (day) => (new Date(day * 86_400_000).getUTCMonth() % 2 === 0 ? 5000 : 500))
    const forecast = forecastMonth(days, TODAY)
    expect(forecast).toMatchObject({ way: 'run-rate', error: 0, cost: 150_000 })
    expect(forecast.ways.find(({ way }) => way === 'weekday')?.error).toBeGreaterThan(0.1)
  })

  it('is the one with the smaller error, and what it says is what that way says', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(1_000_000), { maxLength: 300 }), (costs) => {
        const { ways, ...best } = forecastMonth(
          costs.map((cost, n) => ({ day: TODAY - n, cost })),
          TODAY,
        )
        expect(ways).toContainEqual(best)
        const errors = ways.flatMap(({ error }) => (error === null ? [] : [error]))
        expect(best.error).toBe(errors.length === 0 ? null : Math.min(...errors))
      }),
    )
  })
})

describe('days until a limit', () => {
  it('are counted by what days usually spend', () => {
    const days = spend(20, () => 1000)
    expect(daysUntil(days, TODAY, 15_000, 'weekday')).toBe(0)
    expect(daysUntil(days, TODAY, 15_001, 'weekday')).toBe(1)
    expect(daysUntil(days, TODAY, 18_000, 'weekday')).toBe(3)
    expect(daysUntil(days, TODAY, 100_000, 'run-rate')).toBeNull()
  })
})
