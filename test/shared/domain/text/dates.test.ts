import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'

import * as fc from 'fast-check'
import { expect, it } from 'vitest'

import { filesUnder } from '../../../../build/freshness.mjs'
import { computeStart } from '../../../../shared/domain/day.ts'
import {
  formatDay,
  formatMonth,
  formatPeriod,
  formatShortDay,
  formatWeekday,
  formatWholePeriod,
} from '../../../../shared/domain/text/dates.ts'
import { someDay } from '../draws.ts'

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

it('September has three letters where it is short, as every other month', () => {
  expect([formatDay('2026-09-22'), formatShortDay('2026-09-22'), formatPeriod('2026-09')]).toEqual([
    '22 Sep 2026',
    '22 Sep',
    'Sep 2026',
  ])
  fc.assert(
    fc.property(someDay, (day) => {
      expect(formatDay(day)).toMatch(/^\d{1,2} [A-Z][a-z]{2} \d{4}$/u)
    }),
  )
})

it('a day with its weekday has the weekday of the calendar', () => {
  const weekday = new Intl.DateTimeFormat('en', { weekday: 'long', timeZone: 'UTC' })
  fc.assert(
    fc.property(someDay, (day) => {
      expect(formatWeekday(day)).toBe(`${weekday.format(computeStart(day))}, ${formatDay(day)}`)
    }),
  )
})

it('no other source writes a date by a format of the system, which spells September in two ways', () => {
  const root = resolve(import.meta.dirname, '../../../..')
  const places = ['shared', 'electron', 'renderer'].flatMap((folder) =>
    filesUnder(root, folder).filter(
      (file) =>
        /\.tsx?$/u.test(file) &&
        /toLocaleDateString|DateTimeFormat\([^)]*(?:month|weekday|day|dateStyle):/u.test(
          readFileSync(join(root, file), 'utf8'),
        ),
    ),
  )
  expect(places).toEqual([])
})
