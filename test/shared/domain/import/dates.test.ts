import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'

import { type DateOrder, detectDateOrder, readDate } from '../../../../shared/domain/import/dates.ts'

const getDay = (text: string, order: DateOrder = 'unproven'): string => {
  const date = readDate(text, order)
  return date.state === 'date' ? date.day : date.state
}

const dates = fc.date({ min: new Date('1970-01-01'), max: new Date('2199-12-31'), noInvalidDate: true })

describe('a date', () => {
  test('is read in every form that consoles and spreadsheets write', () => {
    for (const text of [
      '2025-04-03',
      '2025/04/03',
      '2025-4-3',
      '03.04.2025',
      '3.4.2025',
      '2025-04-03T10:20:30Z',
      '2025-04-03 10:20:30.123456+00:00',
      '2025-04-03T23:30:00-05:00',
      'Apr 3, 2025',
      'April 3rd, 2025',
      '3 April 2025',
      '03-Apr-2025',
      'Apr 3, 2025, 10:20 PM',
      '1743638400',
      '1743638400000',
    ]) {
      expect([text, getDay(text)]).toEqual([text, '2025-04-03'])
    }
    expect(readDate('2025-04-03T23:30:00-05:00', 'unproven')).toMatchObject({ at: Date.UTC(2025, 3, 4, 4, 30) })
    expect(readDate('Apr 3, 2025, 12:05 AM', 'unproven')).toMatchObject({ at: Date.UTC(2025, 3, 3, 0, 5) })
  })

  test('is empty, or invalid with a reason', () => {
    for (const text of ['', ' ', '-', '—', 'n/a', 'None', 'not-reported'])
      expect([text, getDay(text)]).toEqual([text, 'empty'])
    for (const text of [
      '2025-02-29',
      '2025-13-01',
      '31.04.2025',
      'yesterday',
      '03/04/25',
      '45000',
      '0001-01-01',
      '9999-12-31',
      '2025-04-03T25:00:00Z',
      'Foo 3, 2025',
      '2025-04-03 and more',
    ]) {
      expect([text, getDay(text)]).toEqual([text, 'bad'])
    }
  })

  test('with an ambiguous day and month is refused until the column proves which is which', () => {
    expect(getDay('03/04/2026')).toBe('bad')
    expect(getDay('03/04/2026', detectDateOrder(['03/04/2026', '25/04/2026']))).toBe('2026-04-03')
    expect(getDay('03/04/2026', detectDateOrder(['03/04/2026', '04/25/2026']))).toBe('2026-03-04')
    expect(getDay('03/04/2026', detectDateOrder(['25/04/2026', '04/25/2026']))).toBe('bad')
    expect(getDay('25/04/2026', detectDateOrder(['25/04/2026', '04/25/2026']))).toBe('2026-04-25')
    expect(getDay('03/03/2026')).toBe('2026-03-03')
    expect(detectDateOrder(['25.04.2026', '2026-04-25', ''])).toBe('unproven')
  })

  test('is the day that was written, for any day and form', () => {
    const two = (n: number): string => String(n).padStart(2, '0')
    fc.assert(
      fc.property(dates, (date) => {
        const [y, m, d] = [String(date.getUTCFullYear()).padStart(4, '0'), date.getUTCMonth() + 1, date.getUTCDate()]
        const iso = `${y}-${two(m)}-${two(d)}`
        expect(getDay(iso)).toBe(iso)
        expect(getDay(`${y}/${m}/${d}`)).toBe(iso)
        expect(getDay(`${two(d)}.${two(m)}.${y}`)).toBe(iso)
        expect(getDay(`${d}/${m}/${y}`, 'day-first')).toBe(iso)
        expect(getDay(`${m}/${d}/${y}`, 'month-first')).toBe(iso)
        expect(readDate(date.toISOString(), 'unproven')).toEqual({
          state: 'date',
          day: iso,
          at: date.getTime() - (date.getTime() % 1000),
        })
      }),
    )
  })

  test('is never guessed: with a proven order, the result is the same as without one, or the date was refused', () => {
    fc.assert(
      fc.property(
        fc.string(),
        fc.constantFrom<DateOrder>('day-first', 'month-first', 'contradictory'),
        (text, order) => {
          const plain = readDate(text, 'unproven')
          expect(plain.state === 'date' ? readDate(text, order) : plain).toEqual(plain)
        },
      ),
    )
  })
})
