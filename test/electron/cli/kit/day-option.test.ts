import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

import { assert, constantFrom, date as anyDate, integer, oneof, property, string, stringMatching } from 'fast-check'
import { describe, expect, it } from 'vitest'

import { DAY_FORMS, dayReader, parseDay, parseInstant } from '../../../../electron/cli/kit/day-option.ts'
import { toLocalDay } from '../../../../shared/domain/day.ts'
import { commandTree } from '../commands.ts'

/** Noon, so that no time zone of the operator's machine is on another day than this one and its neighbours. */
const NOW = new Date(2026, 10, 25, 12).getTime()

/** Some days before or after the 25th of November 2026 on the operator's calendar, by the calendar of the language alone. */
function near(days: number): string {
  return toLocalDay(new Date(2026, 10, 25 + days, 12).getTime())
}

const TAKEN = [
  '2026-11-01',
  '2024-02-29',
  '2026-11-01T09:00Z',
  '2026-11-01T09:00:30.123+02:00',
  'today',
  'Yesterday',
  '7d',
  '4w',
]
const REFUSED = [
  '',
  'soon',
  '2026-02-30',
  '2026-13-01',
  '26-11-01',
  '2026-11-01T09:00',
  '2026-02-30T09:00Z',
  '-7d',
  '7',
  '99999d',
  '7y',
]

describe('a day of a command line', () => {
  it.each([
    ['2026-11-01', 'back', '2026-11-01'],
    ['today', 'back', near(0)],
    ['yesterday', 'back', near(-1)],
    ['tomorrow', 'ahead', near(1)],
    ['7d', 'back', near(-7)],
    ['4w', 'ahead', near(28)],
    ['0d', 'ahead', near(0)],
  ] as const)('%s, looking %s, is %s on the 25th of November 2026', (text, looking, day) => {
    expect(parseDay(text, looking)?.(NOW)).toBe(day)
  })

  it('is the operator’s day at an instant', () => {
    assert(
      property(anyDate({ min: new Date(0), max: new Date('2090-01-01'), noInvalidDate: true }), (date) => {
        const text = date.toISOString()
        expect(parseInstant(text)).toBe(date.getTime())
        expect(parseDay(text, 'back')?.(NOW)).toBe(toLocalDay(date.getTime()))
      }),
    )
  })

  it('counts any number of days and weeks back as far as ahead', () => {
    assert(
      property(integer({ min: 0, max: 520 }), constantFrom('d', 'w'), (count, unit) => {
        const days = count * (unit === 'w' ? 7 : 1)
        expect(parseDay(`${count}${unit}`, 'back')?.(NOW)).toBe(near(-days))
        expect(parseDay(`${count}${unit}`, 'ahead')?.(NOW)).toBe(near(days))
      }),
    )
  })

  it.each(['__proto__', 'constructor', 'toString', 'hasOwnProperty'])(
    'does not accept a property of every object: %s',
    (word) => {
      expect(parseDay(word, 'back')).toBeNull()
    },
  )

  it('is never read from other text: every result is a day that exists', () => {
    assert(
      property(oneof(string(), stringMatching(/^[0-9dwTZ:+ -]{0,24}$/u)), (text) => {
        const day = parseDay(text, 'back')?.(NOW)
        expect(day === undefined || toLocalDay(new Date(`${day}T12:00:00`).getTime()) === day).toBe(true)
      }),
    )
  })
})

const OPTIONS = (await commandTree()).flatMap(({ path, command }) =>
  command.options.map((option) => ({ name: `${path} ${option.long ?? ''}`, option })),
)

/** What takes a day or an instant, by its placeholder. */
const DAYS = OPTIONS.filter(({ option }) => /<(?:day|point)>/u.test(option.flags))

describe('every option of the terminal that takes a day', () => {
  it('is one of these', () => {
    expect(DAYS.map(({ name }) => name).toSorted()).toEqual([
      'changes --since',
      'changes --until',
      'event list --since',
      'event list --until',
      'finding accept --until',
      'person leaving --on',
      'person reviewed --on',
      'report settings --rate-on',
      'review decide --until',
      'rotation mark --on',
      'rotation set --due',
      'rotation snooze --until',
      'today snooze --until',
      'usage price set --from',
    ])
  })

  it('is recognized by its placeholder: no other option mentions a date in its help', () => {
    const others = OPTIONS.filter((one) => !DAYS.includes(one))
    expect(
      others
        .filter(({ option }) => /YYYY-MM-DD|\bdate\b|<date>/iu.test(`${option.flags} ${option.description}`))
        .map(({ name }) => name),
    ).toEqual([])
  })

  it.each(DAYS.map(({ name, option }) => [name, option] as const))(
    '%s takes every form and names them',
    (_name, option) => {
      expect(Object.values(DAY_FORMS).some((forms) => option.description.includes(forms))).toBe(true)
      for (const text of TAKEN) expect(() => option.parseArg?.(text, undefined)).not.toThrow()
    },
  )

  it.each(DAYS.map(({ name, option }) => [name, option] as const))('%s refuses what is not a day', (name, option) => {
    // A bare number is a sync for these.
    const refused = name.startsWith('changes ') ? REFUSED.filter((text) => text !== '7') : REFUSED
    for (const text of refused) expect(() => option.parseArg?.(text, undefined)).toThrow(/Write a day as 2026-11-25/u)
  })

  it('lists the accepted forms in its refusal', () => {
    expect(() => dayReader('ahead')('soon')).toThrow(DAY_FORMS.ahead)
  })
})

describe('a day or an instant that the terminal prints', () => {
  it('is written only by kit/text/when.ts, so that there is one form of each', () => {
    const cli = join(import.meta.dirname, '../../../../electron/cli')
    const writers = readdirSync(cli, { recursive: true, encoding: 'utf8' }).filter(
      (name) =>
        name.endsWith('.ts') &&
        // An assistant is answered in JSON of its own.
        !name.startsWith('mcp') &&
        /\.to(?:ISO|Locale\w*|UTC|Date|Time)String\(|DateTimeFormat/u.test(readFileSync(join(cli, name), 'utf8')),
    )
    expect(writers).toEqual([join('kit', 'text', 'when.ts')])
  })
})
