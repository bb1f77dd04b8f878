import { isDeepStrictEqual } from 'node:util'

import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { comparedSpans, parsePeriod, toSpan } from '../../../../electron/service/usage/spans.ts'
import { dayText, monthNumber, monthOfDay } from '../../../../shared/domain/usage/rollups.ts'

const monthAt = (text: string): number => monthNumber(text) ?? 0
const dayAt = (text: string): number => parsePeriod(text).from

function reported(month: string, today: string): readonly string[] {
  const { now, before, last } = comparedSpans(monthAt(month), dayAt(today))
  return [now, before, last].map(({ from, to }) => `${dayText(from)} ${dayText(to)}`)
}

describe('a month beside the one before', () => {
  it('runs until today, and the one before to the same day', () => {
    expect(reported('2026-11', '2026-11-24')).toEqual([
      '2026-11-01 2026-11-24',
      '2026-10-01 2026-10-24',
      '2026-10-01 2026-10-31',
    ])
  })

  it('ends where the month before has no such day', () => {
    expect(reported('2026-03', '2026-03-30')[1]).toBe('2026-02-01 2026-02-28')
  })

  it('is a whole month beside a whole month when it is over, whatever their lengths', () => {
    expect(reported('2026-02', '2026-11-24')).toEqual([
      '2026-02-01 2026-02-28',
      '2026-01-01 2026-01-31',
      '2026-01-01 2026-01-31',
    ])
    expect(reported('2026-02', '2026-02-28')[1]).toBe('2026-01-01 2026-01-31')
  })

  it('never extends beyond its months', () => {
    fc.assert(
      fc.property(fc.integer({ min: 400, max: 900 }), fc.integer({ min: 12_000, max: 27_000 }), (month, today) => {
        const { now, before, last, day, whole } = comparedSpans(month, today)
        expect(monthOfDay(now.from)).toBe(month)
        expect(monthOfDay(now.to)).toBe(month)
        expect(now.to - now.from + 1).toBe(day)
        for (const span of [before, last]) {
          expect([monthOfDay(span.from), monthOfDay(span.to)]).toEqual([month - 1, month - 1])
        }
        expect(before.to).toBeLessThanOrEqual(last.to)
        expect(!whole || isDeepStrictEqual(before, last)).toBe(true)
      }),
    )
  })
})

it('time ranges have the stated number of periods', () => {
  const today = dayAt('2026-11-24')
  const count = (stretch: Parameters<typeof toSpan>[0]): number => {
    const { from, to } = toSpan(stretch, monthAt('2026-11'), today)
    return to - from + 1
  }
  expect((['month', '30-days', '90-days', '12-months'] as const).map(count)).toEqual([30, 30, 90, 12])
  expect(toSpan('30-days', 0, today).to).toBe(today)
  expect(toSpan('12-months', monthAt('2026-11'), today).to).toBe(monthAt('2026-11'))
})
