import * as fc from 'fast-check'
import { expect, test } from 'vitest'

import { utcInstant } from '../../../../shared/domain/text/utc.ts'

test('an instant is written as ISO 8601 in UTC with whole seconds', () => {
  const [first, last] = [Date.parse('0001-01-01T00:00:00Z'), Date.parse('9999-12-31T23:59:59Z')]
  fc.assert(
    fc.property(
      fc.oneof(fc.integer({ min: first, max: last }), fc.double({ min: -1e10, max: 1e13, noNaN: true })),
      (at) => {
        expect(utcInstant(at)).toBe(`${new Date(at).toISOString().slice(0, 19)}Z`)
      },
    ),
  )
  expect([first, last, 0, -1].map(utcInstant)).toEqual([
    '0001-01-01T00:00:00Z',
    '9999-12-31T23:59:59Z',
    '1970-01-01T00:00:00Z',
    '1969-12-31T23:59:59Z',
  ])
  expect([null, first - 1, last + 1, Number.NaN, Number.POSITIVE_INFINITY].map(utcInstant)).toEqual([
    null,
    null,
    null,
    null,
    null,
  ])
})
