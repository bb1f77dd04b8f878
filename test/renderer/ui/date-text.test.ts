import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { checkDay } from '../../../renderer/ui/date-field.tsx'
import { formatDay, parseDay } from '../../../renderer/ui/relative.ts'
import { addDays } from '../../../shared/domain/day.ts'

const days = fc.integer({ min: 0, max: 40_000 }).map((distance) => addDays('1990-01-01', distance))

describe('a written day', () => {
  it('is read back from the format in which days are shown, and from ISO', () => {
    fc.assert(
      fc.property(days, (day) => {
        expect(parseDay(formatDay(day))).toBe(day)
        expect(parseDay(` ${day} `)).toBe(day)
      }),
    )
  })

  it.each([
    ['02 Dec 2026', '2026-12-02'],
    ['2 december 2026', '2026-12-02'],
    ['2. Dec. 2026', '2026-12-02'],
    ['30 Sept 2026', '2026-09-30'],
  ])('may be written as %s', (text, day) => {
    expect(parseDay(text)).toBe(day)
  })

  it.each(['', 'soon', '12/02/2026', '2 Dex 2026', '2 De 2026', '31 Nov 2026', '2026-02-29', '2 Dec 26', '2 December'])(
    'is not read from %j',
    (text) => {
      expect(parseDay(text)).toBeNull()
    },
  )
})

describe('a date field', () => {
  it('takes both ends of its range', () => {
    const range = { min: '2026-11-01', max: '2026-11-30' }
    expect(checkDay('1 Nov 2026', range)).toBeNull()
    expect(checkDay('2026-11-30', range)).toBeNull()
    expect(checkDay('31 Oct 2026', range)).toBe('The earliest date is 1 Nov 2026')
    expect(checkDay('1 Dec 2026', range)).toBe('The latest date is 30 Nov 2026')
  })

  it('explains how to write a date when the text is not one', () => {
    expect(checkDay('12/02/2026', {})).toBe('Not a date. Write it as 2 Dec 2026 or 2026-12-02')
  })

  it('may be empty unless it is required', () => {
    expect(checkDay(' ', {})).toBeNull()
    expect(checkDay('', { required: true })).toBe('Enter a date, such as 2 Dec 2026')
  })
})
