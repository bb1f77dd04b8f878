import { describe, expect, it } from 'vitest'

import { NOT_READ, WHOLE } from '../../../../shared/domain/usage/read-days.ts'
import { headlineText } from '../../../../shared/domain/usage/headline.ts'

const OCTOBER = {
  month: '2026-10',
  whole: true,
  to: '2026-10-31',
  beforeTo: '2026-09-30',
  now: 15_356_400_000,
  before: 11_997_000_000,
  last: 11_997_000_000,
  reading: WHOLE,
  readingBefore: WHOLE,
}

describe('the headline of a month', () => {
  it('compares a month that is over with the whole month before', () => {
    expect(headlineText(OCTOBER)).toBe('$15,356 in October 2026, +28 % on September ($11,997).')
  })

  it('compares a running month with the same days, names them, and has the whole month before apart', () => {
    const running = {
      ...OCTOBER,
      month: '2026-11',
      whole: false,
      to: '2026-11-25',
      beforeTo: '2026-10-25',
      now: 9_120_000_000,
      before: 12_000_000_000,
      last: 15_356_400_000,
    }
    expect(headlineText(running)).toBe(
      '$9,120 in November 2026 so far (1–25 Nov), −24 % on the same days of October ($12,000). Same days: 1–25 Nov and 1–25 Oct. October as a whole: $15,356.',
    )
  })

  it('names the year of a month before that is in another', () => {
    expect(headlineText({ ...OCTOBER, month: '2026-01' })).toContain('on December 2025 (')
  })

  it('has no change where the month before has nothing', () => {
    expect(headlineText({ ...OCTOBER, before: 0, last: 0 })).toBe(
      '$15,356 in October 2026, compared with September (nothing).',
    )
  })

  it('names the days of a month that was read from its middle on, and compares them with nothing', () => {
    const part = { state: 'part', days: [{ from: 20_750, to: 20_758 }] } as const
    expect(headlineText({ ...OCTOBER, before: null, last: null, reading: part, readingBefore: NOT_READ })).toBe(
      '$15,356 in October 2026, read from 24 Oct 2026 on; not compared with September (not read).',
    )
    expect(headlineText({ ...OCTOBER, before: null, readingBefore: part })).toMatch(
      /not compared with September \(read /u,
    )
    expect(headlineText({ ...OCTOBER, now: 0, before: null, last: null, reading: NOT_READ })).toBe(
      'Usage in October 2026, not read.',
    )
  })

  it('names one day as one day', () => {
    const first = { ...OCTOBER, whole: false, to: '2026-10-01', beforeTo: '2026-09-01' }
    expect(headlineText(first)).toContain('so far (1 Oct)')
  })
})
