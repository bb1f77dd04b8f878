import { expect, it } from 'vitest'

import {
  joinReadings,
  NOT_READ,
  type PeriodReading,
  readingWords,
  WHOLE,
} from '../../../../shared/domain/usage/read-days.ts'

const OCTOBER = { from: 20_727, to: 20_758 }

/** The days of October from one to another, both included. */
const part = (first: number, last: number): PeriodReading => ({
  state: 'part',
  days: [{ from: OCTOBER.from + first - 1, to: OCTOBER.from + last }],
})

it.each([
  ['wholly read sources', [WHOLE, WHOLE], 'complete'],
  ['sources that were not read', [NOT_READ, NOT_READ], 'not read'],
  ['a wholly read source and one that was not read', [WHOLE, NOT_READ], 'read in part'],
  ['sources whose read days together are the period', [part(1, 20), part(11, 31)], 'read in part'],
  ['sources that were read through a day', [part(1, 20), part(1, 8)], 'read through 20 Oct 2026'],
  ['sources that were read from a day on', [part(20, 31), NOT_READ], 'read from 20 Oct 2026 on'],
])('a period of %s is described as no more than what was read', (_, readings, words) => {
  expect(readingWords(joinReadings(readings, OCTOBER), OCTOBER)).toBe(words)
})
