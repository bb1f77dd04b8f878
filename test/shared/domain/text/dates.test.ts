import { expect, it } from 'vitest'

import {
  formatDay,
  formatMonth,
  formatPeriod,
  formatShortDay,
  formatWholePeriod,
} from '../../../../shared/domain/text/dates.ts'

it('days and months for people have one form, and the year where it is not clear', () => {
  expect([formatDay('2026-12-02'), formatShortDay('2026-10-03')]).toEqual(['2 Dec 2026', '3 Oct'])
  expect([formatMonth('2026-10'), formatMonth('2026-10', '2026-11'), formatMonth('2025-12', '2026-01')]).toEqual([
    'October 2026',
    'October',
    'December 2025',
  ])
  expect([formatPeriod('2026-10-03'), formatPeriod('2026-10')]).toEqual(['3 Oct', 'Oct 2026'])
  expect([formatWholePeriod('2026-10-03'), formatWholePeriod('2026-10')]).toEqual(['3 Oct 2026', 'October 2026'])
})

it('a text that is not a date stays as it is', () => {
  expect([formatDay('soon'), formatMonth(''), formatPeriod('No day')]).toEqual(['soon', '', 'No day'])
})
