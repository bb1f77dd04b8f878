import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { daysUntil, forecastMonth, monthSpan, type DaySpend } from '../../../../shared/domain/usage/forecast.ts'

const TODAY = Date.parse('2026-11-16') / 86_400_000

/** All days before today were read. */
const AS_OF = { today: TODAY, read: TODAY }

/** Spend of each day before today, for some weeks. */
function spend(weeks: number, computeCost: (day: number) => number): DaySpend[] {
  return Array.from({ length: weeks * 7 }, (_, n) => ({
    day: TODAY - weeks * 7 + n,
    cost: computeCost(TODAY - weeks * 7 + n),
  }))
}

describe('the forecast of a month', () => {
  it('of steady days is the same amount for each day', () => {
    expect(
      forecastMonth(
        spend(20, () => 1000),
        AS_OF,
      ),
    ).toMatchObject({ cost: 30_000, error: 0, way: 'weekday' })
  })

  it('counts each day of the month once and expects unread days to be as the read ones, though some of their usage is known', () => {
    const { start } = monthSpan(TODAY)
    const from = start + 10
    const days = spend(4, (day) => (day < from ? 200 : 1000))
    // If all but today was read, today counts with its recorded amount.
    for (const [read, reachedIn] of [
      [TODAY, 20],
      [TODAY - 2, 19],
    ] as const) {
      const asOf = { today: TODAY, read, days: [{ from, to: read }] }
      expect(forecastMonth(days, asOf).ways.map(({ cost }) => cost)).toEqual([30_000, 30_000])
      expect(daysUntil(days, asOf, 20_000, 'run-rate')).toBe(start + reachedIn - TODAY)
    }
    // No day of the month was read of all sources: ten days of 200, five of 1,000 and fifteen more as before.
    const { ways } = forecastMonth(days, { today: TODAY, read: start, days: [{ from: TODAY - 28, to: start }] })
    expect(ways.map(({ cost }) => cost)).toEqual([10_000, 10_000])
  })

  it('takes quiet weekends into account', () => {
    const isWeekend = (day: number): boolean => [6, 0].includes(new Date(day * 86_400_000).getUTCDay())
    const days = spend(20, (day) => (isWeekend(day) ? 0 : 700))
    const weekdays = Array.from({ length: 30 }, (_, n) => monthSpan(TODAY).start + n).filter((day) => !isWeekend(day))
    const forecast = forecastMonth(days, AS_OF)
    expect(forecast).toMatchObject({ way: 'weekday', cost: weekdays.length * 700, error: 0 })
    // The sixteenth of November 2026 is a Monday: a mean over the month so far contains more weekends than remain.
    expect(forecast.ways.find(({ way }) => way === 'run-rate')?.error).toBeGreaterThan(0)
  })

  it('of a new organization uses the available days, and has no error', () => {
    expect(
      forecastMonth(
        [
          { day: TODAY - 2, cost: 300 },
          { day: TODAY - 1, cost: 100 },
        ],
        AS_OF,
      ),
    ).toMatchObject({
      cost: 400 + 15 * 200,
      error: null,
    })
    expect(forecastMonth([], AS_OF)).toMatchObject({ cost: 0, error: null, way: 'weekday' })
  })

  it('keeps what today has spent beyond its expected amount', () => {
    expect(forecastMonth([...spend(20, () => 1000), { day: TODAY, cost: 5000 }], AS_OF).cost).toBe(34_000)
    expect(forecastMonth([...spend(20, () => 1000), { day: TODAY, cost: 10 }], AS_OF).cost).toBe(30_000)
  })

  it('is never less than what was spent, and whole', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(1_000_000), { maxLength: 120 }), (costs) => {
        const days = costs.map((cost, n) => ({ day: TODAY - n, cost }))
        const spent = days.filter(({ day }) => day >= monthSpan(TODAY).start).reduce((sum, { cost }) => sum + cost, 0)
        const { cost } = forecastMonth(days, AS_OF)
        expect(cost).toBeGreaterThanOrEqual(spent)
        expect(Number.isSafeInteger(cost)).toBe(true)
      }),
    )
  })
})

describe('the method of a forecast', () => {
  it('is the run rate if days of the week were further off', () => {
    // Each month spends at a rate of its own: the weeks before predict little.
    const days = spend(36, (day) => (new Date(day * 86_400_000).getUTCMonth() % 2 === 0 ? 5000 : 500))
    const forecast = forecastMonth(days, AS_OF)
    expect(forecast).toMatchObject({ way: 'run-rate', error: 0, cost: 150_000 })
    expect(forecast.ways.find(({ way }) => way === 'weekday')?.error).toBeGreaterThan(0.1)
  })

  it('is the one with the smaller error, and the forecast is its result', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(1_000_000), { maxLength: 300 }), (costs) => {
        const { ways, ...best } = forecastMonth(
          costs.map((cost, n) => ({ day: TODAY - n, cost })),
          AS_OF,
        )
        expect(ways).toContainEqual(best)
        const errors = ways.flatMap(({ error }) => (error === null ? [] : [error]))
        expect(best.error).toBe(errors.length === 0 ? null : Math.min(...errors))
      }),
    )
  })
})

describe('days until a limit', () => {
  it('are counted by the usual spend of days', () => {
    const days = spend(20, () => 1000)
    expect(daysUntil(days, AS_OF, 15_000, 'weekday')).toBe(0)
    expect(daysUntil(days, AS_OF, 15_001, 'weekday')).toBe(1)
    expect(daysUntil(days, AS_OF, 18_000, 'weekday')).toBe(3)
    expect(daysUntil(days, AS_OF, 100_000, 'run-rate')).toBeNull()
  })
})

/** The forecast by the rules of the documentation, day by day, without regard to speed. */
function naiveForecast(days: readonly DaySpend[], today: number, read: number, way: 'weekday' | 'run-rate'): number {
  const getDate = (day: number): string => new Date(day * 86_400_000).toISOString().slice(0, 10)
  const getMonth = (day: number): string => getDate(day).slice(0, 7)
  const recorded = (day: number): number => days.find((one) => one.day === day)?.cost ?? 0
  const first = Math.min(read, ...days.map(({ day }) => day))
  const known = Array.from({ length: read - first }, (_, n) => first + n)
  const mean = (of: readonly number[]): number =>
    of.length === 0 ? 0 : Math.round(of.reduce((sum, day) => sum + recorded(day), 0) / of.length)
  const lately = known.filter((day) => day >= read - 56)
  const expectedOn = (day: number): number => {
    if (way === 'run-rate') return mean(known.filter((each) => getMonth(each) === getMonth(read - 1)))
    const alike = lately.filter(
      (each) => new Date(each * 86_400_000).getUTCDay() === new Date(day * 86_400_000).getUTCDay(),
    )
    return mean(lately.length < 14 ? lately : alike)
  }
  let sum = 0
  for (let day = today - 40; day < today + 40; day += 1) {
    if (getMonth(day) !== getMonth(today)) continue
    sum += day < read ? recorded(day) : Math.max(recorded(day), expectedOn(day))
  }
  return sum
}

describe('days that were not read', () => {
  const steady = (until: string): DaySpend[] => {
    const last = Date.parse(until) / 86_400_000
    return Array.from({ length: 120 }, (_, n) => ({ day: last - n, cost: 1000 }))
  }
  const on = (date: string): number => Date.parse(date) / 86_400_000

  it('are forecast like future days, so that a forecast does not fall while nothing is read', () => {
    const days = steady('2026-11-24')
    const read = on('2026-11-25')
    for (const [today, cost] of [
      ['2026-11-25', 30_000],
      ['2026-11-30', 30_000],
      ['2026-12-05', 31_000],
      ['2027-01-01', 31_000],
    ] as const) {
      const forecast = forecastMonth(days, { today: on(today), read })
      expect(forecast.ways.map((way) => way.cost)).toEqual([cost, cost])
    }
  })

  it('make the error larger where spend changes from month to month', () => {
    const days = Array.from({ length: 330 }, (_, n) => {
      const day = on('2026-12-01') - 330 + n
      return { day, cost: 1000 * (1 + new Date(day * 86_400_000).getUTCMonth()) }
    })
    const today = on('2026-11-30')
    const [whole, behind] = [today, on('2026-10-20')].map((read) => forecastMonth(days, { today, read }).error ?? 0)
    expect(behind).toBeGreaterThan(Number(whole))
  })

  it('give the day of a limit only among future days, today first', () => {
    const days = steady('2026-11-09')
    const asOf = { today: TODAY, read: on('2026-11-10') }
    expect(daysUntil(days, asOf, 9001, 'weekday')).toBe(0)
    expect(daysUntil(days, asOf, 16_001, 'weekday')).toBe(1)
    expect(daysUntil(days, asOf, 40_000, 'weekday')).toBeNull()
  })

  it('and read ones together give the result of a naive model, whatever the day and the reading', () => {
    fc.assert(
      fc.property(
        fc.array(fc.nat(1_000_000), { minLength: 1, maxLength: 100 }),
        fc.integer({ min: 0, max: 75 }),
        fc.integer({ min: -200, max: 200 }),
        fc.nat(3),
        (costs, behind, shift, partly) => {
          const today = TODAY + shift
          const read = today - behind
          // Rows up to some days after the last that was read completely.
          const days = costs.map((cost, n) => ({ day: Math.min(today, read + partly) - n, cost }))
          for (const { way, cost } of forecastMonth(days, { today, read }).ways) {
            expect(cost).toBe(naiveForecast(days, today, read, way))
          }
        },
      ),
    )
  })
})
