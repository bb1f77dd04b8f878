import { InvalidArgumentError, Option } from 'commander'

import { addDays, type Day, isDay, toLocalDay } from '../../../shared/domain/day.ts'

/**
 * Computes the day that a command line names from the present moment, on the operator's calendar unless `dayAt` is
 * given.
 */
export type AskedDay = (now: number, dayAt?: (instant: number) => Day) => Day

/** The direction in which `7d` counts: back for the past, ahead for the future. */
export type Looking = 'back' | 'ahead'

export const DAY_FORMS: Readonly<Record<Looking, string>> = {
  back: '2026-11-25, 2026-11-25T09:00Z, today, yesterday, or 7d (7 days ago)',
  ahead: '2026-11-25, 2026-11-25T09:00Z, today, tomorrow, or 7d (in 7 days)',
}

/** With its offset, so that the time zone is explicit. */
const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,3})?)?(?:Z|[+-]\d{2}:\d{2})$/u

const NAMED: ReadonlyMap<string, number> = new Map([
  ['yesterday', -1],
  ['today', 0],
  ['tomorrow', 1],
])

const DISTANCE = /^(\d{1,4})([dw])$/u

/** The longest distance in days. */
const FARTHEST = 3650

/** Milliseconds since the Unix epoch of an ISO instant with its offset; null for any other text. */
export function parseInstant(text: string): number | null {
  const at = INSTANT.test(text) && isDay(text.slice(0, 10)) ? Date.parse(text) : Number.NaN
  return Number.isNaN(at) ? null : at
}

/**
 * Reads a day in every form that a command line takes. An instant is the operator's day at it. Null for any other text.
 *
 * @example parseDay('7d', 'back')?.(Date.parse('2026-11-25T12:00Z')) // '2026-11-18'
 */
export function parseDay(text: string, looking: Looking): AskedDay | null {
  const word = text.trim()
  if (isDay(word)) return () => word
  const at = parseInstant(word)
  if (at !== null) return (_now, dayAt = toLocalDay) => dayAt(at)
  const named = NAMED.get(word.toLowerCase())
  if (named !== undefined) return (now, dayAt = toLocalDay) => addDays(dayAt(now), named)
  const [, count, unit] = DISTANCE.exec(word.toLowerCase()) ?? []
  const days = Number(count) * (unit === 'w' ? 7 : 1)
  if (count === undefined || days > FARTHEST) return null
  return (now, dayAt = toLocalDay) => addDays(dayAt(now), looking === 'back' ? -days : days)
}

/** The reader of an option or argument that takes a day. Its error becomes a misuse that names the option. */
export function dayReader(looking: Looking): (text: string) => AskedDay {
  return (text) => {
    const day = parseDay(text, looking)
    if (day === null) throw new InvalidArgumentError(`Write a day as ${DAY_FORMS[looking]}.`)
    return day
  }
}

/** An option that takes a day: its placeholder is `<day>`, its help names the forms. */
export function dayOption(name: string, description: string, looking: Looking): Option {
  return new Option(`${name} <day>`, `${description}: ${DAY_FORMS[looking]}`).argParser(dayReader(looking))
}
