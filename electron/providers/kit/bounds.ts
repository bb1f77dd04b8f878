import { CallFailure } from './errors.ts'

/** The most that is read before something counts as endless. */
export interface Bounds {
  readonly pages: number
  readonly rows: number
  readonly characters: number
  readonly minutes: number
}

/** For one list: many times the largest organizations, and a fraction of memory. */
export const LIST_BOUNDS: Bounds = { pages: 10_000, rows: 250_000, characters: 128_000_000, minutes: 60 }

/** Of all lists of one reading, which are held in memory until it ends. */
export const READING_BOUNDS: Bounds = { pages: 100_000, rows: 1_000_000, characters: 256_000_000, minutes: 12 * 60 }

/** Of the usage of all days, which is stored report by report and can be as long as the organization is old. */
export const USAGE_BOUNDS: Bounds = {
  pages: READING_BOUNDS.pages,
  rows: Number.POSITIVE_INFINITY,
  characters: Number.POSITIVE_INFINITY,
  minutes: READING_BOUNDS.minutes,
}

const WHAT = { paging: 'The list', endless: 'What it sends' } as const

/** The failure of a reading that is larger than its bounds. */
export function beyond(kind: keyof typeof WHAT, most: number, of: string): CallFailure {
  return new CallFailure(
    kind,
    `${WHAT[kind]} does not end within ${most.toLocaleString('en')} ${of}, the most that is read`,
  )
}

/** The extent of a reading so far, checked against bounds. */
export interface Bound {
  /** Adds to what was read. Throws `CallFailure` when it is more than the bounds, or takes longer. */
  add(more: Partial<Pick<Bounds, 'pages' | 'rows' | 'characters'>>): void
}

/** Of a list (`paging`) or of all that a reading asks for (`endless`); `now` counts milliseconds. */
export function openBound(kind: keyof typeof WHAT, most: Bounds, now: () => number): Bound {
  const began = now()
  const read = { pages: 0, rows: 0, characters: 0, minutes: 0 }
  return {
    add(more) {
      for (const name of ['pages', 'rows', 'characters'] as const) read[name] += more[name] ?? 0
      read.minutes = (now() - began) / 60_000
      for (const name of ['pages', 'rows', 'characters', 'minutes'] as const) {
        if (read[name] > most[name]) throw beyond(kind, most[name], name)
      }
    },
  }
}
