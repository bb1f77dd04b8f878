import * as fc from 'fast-check'

import { addDays, type Day } from '../../../shared/domain/day.ts'
import { DEFAULT_POLICY, type Policy } from '../../../shared/domain/policy.ts'

/** A day of this century, often at the edge of a month or around a leap day. */
export const someDay: fc.Arbitrary<Day> = fc.oneof(
  fc.integer({ min: 0, max: 36_500 }).map((n) => addDays('2000-01-01', n)),
  fc.constantFrom('2024-02-28', '2024-02-29', '2024-03-01', '2026-02-28', '2026-12-31', '2027-01-01', '2100-02-28'),
)

export const somePolicy: fc.Arbitrary<Policy> = fc
  .record({
    keyNamePattern: fc.constant('{environment}-{team}-{purpose}'),
    adminKeyDays: fc.integer({ min: 1, max: 3650 }),
    productionKeyDays: fc.integer({ min: 1, max: 3650 }),
    otherKeyDays: fc.integer({ min: 1, max: 3650 }),
    ceilingDays: fc.integer({ min: 1, max: 3650 }),
    leadDays: fc.array(fc.integer({ min: 0, max: 365 }), { minLength: 1, maxLength: 12 }),
    overdueEveryDays: fc.integer({ min: 1, max: 90 }),
  })
  .map((drawn) => ({ ...DEFAULT_POLICY, ...drawn }))
