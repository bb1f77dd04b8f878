import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { addDays, toLocalDay } from '../../../../shared/domain/day.ts'
import { departureAt, hoursSince } from '../../../../shared/domain/leavers/departure.ts'

const HOUR = 3_600_000
const NOW = Date.UTC(2026, 10, 2, 12)

describe('the time of a departure', () => {
  it('is the end of the last day on the operator’s calendar', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 3000 }), (days) => {
        const endsOn = addDays(toLocalDay(NOW), -days)
        const at = departureAt({ endsOn, departureReportedAt: NOW, reportedAt: NOW }, NOW)
        expect(toLocalDay(at)).toBe(addDays(endsOn, 1))
        expect(toLocalDay(at - 1)).toBe(endsOn)
      }),
    )
  })

  it('is the first report if no day is known, or the day is not over', () => {
    const reported = { departureReportedAt: NOW - 5 * HOUR, reportedAt: NOW - HOUR }
    expect(departureAt({ endsOn: null, ...reported }, NOW)).toBe(NOW - 5 * HOUR)
    expect(departureAt({ endsOn: null, departureReportedAt: null, reportedAt: NOW - HOUR }, NOW)).toBe(NOW - HOUR)
    expect(departureAt({ endsOn: addDays(toLocalDay(NOW), 3), ...reported }, NOW)).toBe(NOW - 5 * HOUR)
  })

  it('is counted in whole hours, never less than zero', () => {
    expect(hoursSince(NOW - 24 * HOUR, NOW)).toBe(24)
    expect(hoursSince(NOW - 24 * HOUR + 1, NOW)).toBe(23)
    expect(hoursSince(NOW + 1, NOW)).toBe(0)
  })
})
