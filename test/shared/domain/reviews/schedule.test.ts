import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { daysBetween, isDay, addMonths } from '../../../../shared/domain/day.ts'
import { DEFAULT_POLICY } from '../../../../shared/domain/policy.ts'
import { REVIEW_KINDS } from '../../../../shared/domain/reviews/review.ts'
import { reviewDueOn, reviewMonths } from '../../../../shared/domain/reviews/schedule.ts'

const day = fc
  .date({ min: new Date('1990-01-01T00:00:00Z'), max: new Date('2090-12-31T00:00:00Z'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10))
const months = fc.integer({ min: 1, max: 24 })

describe('months after a day', () => {
  it.each([
    ['2026-01-15', 1, '2026-02-15'],
    ['2026-01-31', 1, '2026-02-28'],
    ['2028-01-31', 1, '2028-02-29'],
    ['2026-11-30', 3, '2027-02-28'],
    ['2026-12-01', 1, '2027-01-01'],
    ['2028-02-29', 12, '2029-02-28'],
    ['9999-12-31', 1, '9999-12-31'],
    ['0050-03-31', 1, '0050-04-30'],
  ])('%s and %i months are %s', (from, count, to) => {
    expect(addMonths(from, count)).toBe(to)
  })

  it('are a day that exists, in the right month, no later than the same day of it', () => {
    fc.assert(
      fc.property(day, months, (from, count) => {
        const to = addMonths(from, count)
        expect(isDay(to)).toBe(true)
        const index = (text: string): number => Number(text.slice(0, 4)) * 12 + Number(text.slice(5, 7))
        expect(index(to)).toBe(index(from) + count)
        expect(Number(to.slice(8))).toBeLessThanOrEqual(Number(from.slice(8)))
        // Only the end of a shorter month changes it.
        expect(to.slice(8) === from.slice(8) || Number(from.slice(8)) > 28).toBe(true)
      }),
    )
  })

  it('keep the order of days, and never repeat sooner than 28 days a month', () => {
    fc.assert(
      fc.property(day, day, months, (a, b, count) => {
        expect(a > b || addMonths(a, count) <= addMonths(b, count)).toBe(true)
        expect(daysBetween(a, addMonths(a, count))).toBeGreaterThanOrEqual(28 * count)
        expect(daysBetween(a, addMonths(a, count))).toBeLessThanOrEqual(31 * count)
      }),
    )
  })
})

describe('the day of a review', () => {
  it('counts from the last one, whatever was read first', () => {
    fc.assert(
      fc.property(day, fc.option(day), fc.option(day), months, (lastOn, firstReadOn, importedOn, count) => {
        expect(reviewDueOn({ lastOn, firstReadOn, importedOn }, count)).toBe(addMonths(lastOn, count))
        expect(reviewDueOn({ lastOn: null, firstReadOn, importedOn: null }, count)).toBe(
          firstReadOn === null ? null : addMonths(firstReadOn, count),
        )
      }),
    )
  })

  it('counts, without one, from the last review that an imported register shows, if that is earlier than the first sync', () => {
    fc.assert(
      fc.property(day, day, months, (firstReadOn, importedOn, count) => {
        const earlier = [firstReadOn, importedOn].toSorted()[0] ?? ''
        expect(reviewDueOn({ lastOn: null, firstReadOn, importedOn }, count)).toBe(addMonths(earlier, count))
        expect(reviewDueOn({ lastOn: null, firstReadOn: null, importedOn }, count)).toBeNull()
      }),
    )
  })

  it('recurs by the policy, and for leavers not by the calendar', () => {
    const policy = { ...DEFAULT_POLICY, reviewRolesMonths: 6 }
    expect(REVIEW_KINDS.map((kind) => [kind, reviewMonths(kind, policy)])).toEqual([
      ['departed', null],
      ['admins', 1],
      ['roles', 6],
      ['keys', 1],
      ['membership', 3],
    ])
  })
})
