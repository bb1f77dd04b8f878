import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { parseCost, parseCount, dayOfMoment } from '../../../../electron/service/usage/record-values.ts'
import { dayText } from '../../../../shared/domain/usage/rollups.ts'
import { costOfNano } from '../../../../shared/domain/usage/cost.ts'
import { parseNanoUsd } from '../../../../shared/domain/text/money.ts'

describe('the day of a timestamp', () => {
  it.each([
    ['2026-11-03', '2026-11-03'],
    ['2026-11-03T23:59:59Z', '2026-11-03'],
    ['2026-11-03 23:59:59', '2026-11-03'],
    ['2026-11-03T23:59:59.123456', '2026-11-03'],
    ['2026-11-03T23:30:00-05:00', '2026-11-04'],
    ['2026-11-03T00:30:00+0100', '2026-11-02'],
    ['1763769600', '2025-11-22'],
    ['1763769600.25', '2025-11-22'],
    ['1763769600000', '2025-11-22'],
  ])('of %s is %s', (moment, day) => {
    expect(dayText(dayOfMoment(moment) ?? -1)).toBe(day)
  })

  it.each(['', 'yesterday', '2026-02-29', '2026-13-01', '03/11/2026', '12', '2026-11-03T99:00:00+01:00'])(
    'of %j is not known',
    (moment) => {
      expect(dayOfMoment(moment)).toBeNull()
    },
  )
})

describe('numbers of a record', () => {
  it('are whole and not negative; nothing counts as none', () => {
    expect(['', '0', '12', '1e3', '-1', '1.5', 'x', 'NaN'].map(parseCount)).toEqual([
      0,
      0,
      12,
      1000,
      null,
      null,
      null,
      null,
    ])
  })

  it('read money as the general rule does', () => {
    expect(parseCost('')).toEqual({ cost: 0, costNano: 0 })
    const digits = fc.nat(99_999_999).map(String)
    const amount = fc.oneof(
      fc.tuple(digits, digits).map((parts) => parts.join('.')),
      digits,
      fc.string({ maxLength: 9 }),
    )
    fc.assert(
      fc.property(
        amount.filter((text) => text !== ''),
        (text) => {
          const nano = parseNanoUsd(text)
          expect(parseCost(text)).toEqual(nano === null || nano < 0n ? null : costOfNano(nano))
        },
      ),
    )
  })
})
