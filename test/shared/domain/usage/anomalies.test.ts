import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { type DayAmount, anomalies, type AnomalySpan } from '../../../../shared/domain/usage/anomalies.ts'
import { computeMedian } from '../../../../shared/domain/usage/forecast.ts'

const TO = 20_000
const FROM = TO - 14
const SPAN: AnomalySpan = { known: TO - 120, from: FROM, to: TO, whole: TO, minimum: 5 }

/** An amount for each day of the span. */
function series(computeAmount: (day: number) => number, days = 120): DayAmount[] {
  return Array.from({ length: days }, (_, n) => ({ day: TO - days + n, amount: computeAmount(TO - days + n) }))
}

describe('an anomaly', () => {
  it('is a day far above the same days of the week, with their amounts', () => {
    const days = series((day) => (day === TO - 3 ? 100 : 10))
    expect(anomalies(days, SPAN)).toEqual([
      {
        direction: 'up',
        firstDay: TO - 3,
        lastDay: TO - 3,
        days: 1,
        peak: { day: TO - 3, amount: 100, usual: 10 },
        amount: 100,
        usual: 10,
        before: Array.from({ length: 8 }, (_, n) => ({ day: TO - 3 - (8 - n) * 7, amount: 10 })),
      },
    ])
  })

  it('is a day without usage where some is expected, once the day is complete', () => {
    const days = series((day) => (day >= TO - 2 ? 0 : 10))
    expect(anomalies(days, SPAN)).toMatchObject([{ direction: 'down', firstDay: TO - 2, days: 2, usual: 20 }])
    expect(anomalies(days, { ...SPAN, whole: TO - 2 })).toEqual([])
  })

  it('is one change through a weekend, and two with calm days between', () => {
    const rises = (...which: readonly number[]): DayAmount[] => series((day) => (which.includes(TO - day) ? 90 : 10))
    expect(anomalies(rises(9, 5), SPAN)).toMatchObject([{ firstDay: TO - 9, lastDay: TO - 5, days: 2 }])
    expect(anomalies(rises(10, 5), SPAN)).toHaveLength(2)
  })

  it('counts the days before a late series as zero if its owner was known', () => {
    expect(anomalies([{ day: TO - 1, amount: 50 }], SPAN)).toMatchObject([{ direction: 'up', usual: 0 }])
    expect(anomalies([{ day: TO - 1, amount: 50 }], { ...SPAN, known: TO - 1 })).toEqual([])
  })

  it('needs the minimum: just below it there is none', () => {
    const days = (amount: number): DayAmount[] => [{ day: TO - 1, amount }]
    expect(anomalies(days(5), SPAN)).toHaveLength(1)
    expect(anomalies(days(4.99), SPAN)).toEqual([])
  })

  it('needs half as much again as expected: just below it there is none', () => {
    const days = (amount: number): DayAmount[] => series((day) => (day === TO - 1 ? amount : 100))
    expect(anomalies(days(150), SPAN)).toHaveLength(1)
    expect(anomalies(days(149), SPAN)).toEqual([])
  })

  it('does not occur on weekdays that are always higher than weekends', () => {
    expect(
      anomalies(
        series((day) => (day % 7 < 2 ? 0 : 100)),
        SPAN,
      ),
    ).toEqual([])
  })

  it('does not occur in a series that always scatters as widely', () => {
    const wide = series((day) => (Math.floor(day / 7) % 2 === 0 ? 10 : 90))
    expect(anomalies(wide, SPAN)).toEqual([])
  })

  it('is found although one of the weeks before was odd too', () => {
    const days = series((day) => (day === TO - 1 || day === TO - 1 - 21 ? 100 : 10))
    expect(anomalies(days, SPAN)).toMatchObject([{ firstDay: TO - 1, usual: 10 }])
  })
})

/** Usage on some of the days, mostly alike. */
const gaps = fc
  .array(fc.oneof(fc.constantFrom(0, 10, 11), fc.nat(100), fc.constant(null)), { minLength: 120, maxLength: 120 })
  .map((amounts) => amounts.flatMap((amount, n) => (amount === null ? [] : [{ day: TO - 120 + n, amount }])))

/** Whether a day deviates, one comparison after the other. */
function isOdd(amounts: ReadonlyMap<number, number>, day: number, { known, whole, minimum }: AnomalySpan): boolean {
  const get = (each: number): number => amounts.get(each) ?? 0
  const before = [1, 2, 3, 4, 5, 6, 7, 8].map((weeks) => day - weeks * 7).filter((each) => each >= known)
  if (before.length < 4) return false
  const usual = computeMedian(before.map(get))
  const least = Math.max(minimum, 4 * 1.4826 * computeMedian(before.map((each) => Math.abs(get(each) - usual))))
  const isRise = get(day) - usual >= least && get(day) - usual >= usual / 2
  return isRise || (get(day) === 0 && usual >= least && day < whole)
}

const drawn = fc.array(fc.nat(1000), { minLength: 120, maxLength: 120 })

describe('anomalies of any series', () => {
  it('do not occur if every day is the same', () => {
    fc.assert(
      fc.property(fc.nat(1_000_000), fc.integer({ min: 1, max: 1000 }), (amount, minimum) => {
        const same = series(() => amount)
        expect(anomalies(same, { ...SPAN, minimum })).toEqual([])
      }),
    )
  })

  it('contain one tall day in an even series, and only it', () => {
    fc.assert(
      fc.property(fc.nat(1000), fc.integer({ min: 1, max: 14 }), (amount, ago) => {
        const tall = series((day) => (day === TO - ago ? amount * 2 + 5 : amount))
        expect(anomalies(tall, SPAN)).toMatchObject([{ direction: 'up', firstDay: TO - ago, days: 1 }])
      }),
    )
  })

  it('are on the days that the sentence of the rule names', () => {
    fc.assert(
      fc.property(
        gaps,
        fc.integer({ min: TO - 80, max: TO }),
        fc.integer({ min: FROM, max: TO }),
        (days, known, whole) => {
          const span = { ...SPAN, known, whole }
          const judged = Array.from({ length: TO - FROM }, (_, n) => FROM + n)
          const odd = judged.filter((day) => isOdd(new Map(days.map((each) => [each.day, each.amount])), day, span))
          const found = anomalies(days, span)
          expect(found.reduce((sum, change) => sum + change.days, 0)).toBe(odd.length)
          for (const { firstDay, lastDay } of found) expect(odd).toEqual(expect.arrayContaining([firstDay, lastDay]))
        },
      ),
    )
  })

  it('are the same in another unit', () => {
    const shape = (days: readonly DayAmount[], minimum: number): unknown =>
      anomalies(days, { ...SPAN, minimum }).map(({ direction, firstDay, lastDay }) => [direction, firstDay, lastDay])
    fc.assert(
      fc.property(drawn, fc.integer({ min: 1, max: 12 }), (amounts, power) => {
        // A power of two leaves every ratio exact.
        const factor = 2 ** power
        const days = amounts.map((amount, n) => ({ day: TO - 120 + n, amount }))
        const scaled = days.map(({ day, amount }) => ({ day, amount: amount * factor }))
        expect(shape(scaled, 5 * factor)).toEqual(shape(days, 5))
      }),
    )
  })

  it('are within the days that are judged, do not overlap, and differ by the minimum', () => {
    fc.assert(
      fc.property(drawn, (amounts) => {
        const found = anomalies(
          amounts.map((amount, n) => ({ day: TO - 120 + n, amount })),
          SPAN,
        )
        for (const [at, change] of found.entries()) {
          expect(change.firstDay).toBeGreaterThanOrEqual(FROM)
          expect(change.lastDay).toBeLessThan(TO)
          expect(Math.abs(change.peak.amount - change.peak.usual)).toBeGreaterThanOrEqual(SPAN.minimum)
          expect(change.firstDay).toBeGreaterThan(found[at - 1]?.firstDay ?? 0)
        }
      }),
    )
  })
})
