import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { dayText } from '../../../../shared/domain/usage/rollups.ts'
import {
  duePeriod,
  lastPeriod,
  getMonth,
  periodAfter,
  periodBefore,
  parsePeriod,
  periodsBetween,
  reportDueOn,
  toWeek,
} from '../../../../shared/domain/usage/report-period.ts'

const day = (text: string): number => Date.parse(`${text}T00:00:00Z`) / 86_400_000
const days = fc.integer({ min: day('1971-01-01'), max: day('2199-12-31') })

describe('an ISO week', () => {
  it.each([
    ['2026-11-23', '2026-W48', '2026-11-23'],
    ['2027-01-03', '2026-W53', '2026-12-28'],
    ['2024-12-30', '2025-W01', '2024-12-30'],
    ['2021-01-03', '2020-W53', '2020-12-28'],
  ])('of %s is %s, from %s', (on, word, from) => {
    const week = toWeek(day(on))
    expect([week.word, dayText(week.from)]).toEqual([word, from])
  })

  it('contains its day, has seven days, is read back by its word, and follows the one before', () => {
    fc.assert(
      fc.property(days, (on) => {
        const week = toWeek(on)
        expect(on >= week.from && on < week.to && week.to - week.from === 7).toBe(true)
        expect(new Date(week.from * 86_400_000).getUTCDay()).toBe(1)
        expect(parsePeriod(week.word)).toEqual(week)
        expect(periodBefore(week).to).toBe(week.from)
        expect(periodAfter(periodBefore(week))).toEqual(week)
      }),
    )
  })
})

describe('a period', () => {
  it('of a month is read back by its word, and follows the one before', () => {
    fc.assert(
      fc.property(days, (on) => {
        const month = getMonth(on)
        expect(parsePeriod(month.word)).toEqual(month)
        expect(periodBefore(month).to).toBe(month.from)
        expect(periodAfter(periodBefore(month))).toEqual(month)
      }),
    )
  })

  it.each(['2026-W00', '2026-W54', '2025-W53', '2026-13', '2026-W1', 'soon', ''])('is not %j', (word) => {
    expect(parsePeriod(word)).toBeNull()
  })

  it('lists every period that a span touches, once', () => {
    fc.assert(
      fc.property(days, fc.integer({ min: 0, max: 400 }), (first, more) => {
        const periods = periodsBetween('weekly', first, first + more)
        expect(periods.at(-1)).toEqual(toWeek(first))
        expect(periods[0]).toEqual(toWeek(first + more))
        expect(new Set(periods.map(({ word }) => word)).size).toBe(periods.length)
      }),
    )
  })
})

describe('a report', () => {
  it('is due on the Monday after its week, and on the third after its month', () => {
    const on = (kind: 'weekly' | 'monthly', text: string) => duePeriod(kind, day(text)).word
    expect([on('weekly', '2026-11-22'), on('weekly', '2026-11-23')]).toEqual(['2026-W46', '2026-W47'])
    expect([on('monthly', '2026-11-02'), on('monthly', '2026-11-03')]).toEqual(['2026-09', '2026-10'])
  })

  it('that is due is over, and the next one is not due yet', () => {
    fc.assert(
      fc.property(days, fc.constantFrom('weekly' as const, 'monthly' as const), (today, kind) => {
        const due = duePeriod(kind, today)
        expect(reportDueOn(due)).toBeLessThanOrEqual(today)
        const last = lastPeriod(kind, today)
        expect(last.to).toBeLessThanOrEqual(today)
        expect(last.word === due.word || reportDueOn(last) > today).toBe(true)
      }),
    )
  })
})
