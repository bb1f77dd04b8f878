import * as fc from 'fast-check'
import { afterEach, describe, expect, it } from 'vitest'

import { addDays, getDay, daysBetween, isDay, toLocalDay, computeStart } from '../../../shared/domain/day.ts'
import { someDay } from './draws.ts'

const zone = process.env['TZ']

afterEach(() => {
  if (zone === undefined) delete process.env['TZ']
  else process.env['TZ'] = zone
})

describe('days', () => {
  it.each(['2026-02-28', '2024-02-29', '2000-02-29', '0000-01-01', '9999-12-31'])('knows that %s exists', (text) => {
    expect(isDay(text)).toBe(true)
  })

  it.each([
    '2026-02-29',
    '1900-02-29',
    '2026-02-30',
    '2026-04-31',
    '2026-13-01',
    '2026-00-10',
    '2026-01-00',
    '2026-1-1',
    '2026-01-01T00:00',
    ' 2026-01-01',
    '2026-01-01\n',
    '+02026-01-01',
    '２０２６-01-01',
    '',
  ])('knows that %j does not', (text) => {
    expect(isDay(text)).toBe(false)
  })

  it.each([
    ['2024-02-28', 1, '2024-02-29'],
    ['2026-02-28', 1, '2026-03-01'],
    ['2024-02-29', 365, '2025-02-28'],
    ['2026-12-31', 1, '2027-01-01'],
    ['2026-03-01', -1, '2026-02-28'],
    ['2026-10-24', 2, '2026-10-26'],
    ['9999-12-30', 90, '9999-12-31'],
    ['0000-01-02', -90, '0000-01-01'],
  ])('%s and %i days is %s', (day, days, sum) => {
    expect(addDays(day, days)).toBe(sum)
  })

  it('adds and subtracts whole days, whatever the month, the year or the clock change', () => {
    fc.assert(
      fc.property(someDay, fc.integer({ min: -40_000, max: 40_000 }), (day, days) => {
        const other = addDays(day, days)
        expect(isDay(other)).toBe(true)
        expect(daysBetween(day, other)).toBe(days)
        expect(addDays(other, -days)).toBe(day)
        expect(other > day).toBe(days > 0)
      }),
    )
  })

  it('returns an existing day for every instant, however extreme', () => {
    fc.assert(
      fc.property(fc.oneof(fc.double({ noNaN: true }), fc.maxSafeInteger()), (instant) => {
        expect(isDay(getDay(instant))).toBe(true)
      }),
    )
    expect(getDay(computeStart('2026-07-01') - 1)).toBe('2026-06-30')
  })

  it.each(['UTC', 'America/New_York', 'America/Sao_Paulo', 'Pacific/Apia', 'Asia/Kathmandu', 'Africa/Cairo'])(
    'matches the local calendar in %s, through every change of its clock',
    (timeZone) => {
      process.env['TZ'] = timeZone
      const wall = new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' })
      fc.assert(
        fc.property(
          fc.integer({ min: Date.UTC(2005, 0, 1), max: Date.UTC(2040, 0, 1) }).map((at) => at - (at % 900_000)),
          (at) => {
            for (const instant of [at - 1, at, at + 1]) expect(toLocalDay(instant)).toBe(wall.format(instant))
          },
        ),
      )
      // Samoa skipped 30 December 2011 altogether.
      expect(toLocalDay(Date.UTC(2011, 11, 30, 10, 30))).toBe(wall.format(Date.UTC(2011, 11, 30, 10, 30)))
    },
  )
})
