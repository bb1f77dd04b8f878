import type { EventDetail } from '../../../shared/domain/events/event.ts'
import { withoutTokens } from '../../../shared/domain/secrets/cut-secrets.ts'

/**
 * Rows of a log are read without a schema: a log holds a hundred thousand of them where a list of access holds some hundred, and
 * a schema takes longer for each than everything else together.
 */
export type EventRow = Readonly<Record<string, unknown>>

const LONGEST_ID = 300
const LONGEST_TEXT = 300
const LONGEST_VALUE = 120
const MOST_VALUES = 12
/** No token is longer whose parts alone are not recognized. */
const LONGEST_TOKEN = 300

export function asRow(value: unknown): EventRow | null {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as EventRow) : null
}

/** A text of the provider, with what looks like a credential cut; null when missing, empty or not text. */
export function eventText(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? plain(value, LONGEST_TEXT) : null
}

/** An id of the provider; null when missing, empty, too long or not text. */
export function eventId(value: unknown): string | null {
  return typeof value === 'string' && value !== '' && value.length <= LONGEST_ID ? value.toWellFormed() : null
}

/** The first of several fields that holds an id. */
export function firstId(row: EventRow, names: readonly string[]): string | null {
  for (const name of names) {
    const id = eventId(row[name])
    if (id !== null) return id
  }
  return null
}

/** The named fields of a row that hold short values; all else is left out, and what looks like a credential is cut. */
export function eventDetail(row: EventRow | null, names: ReadonlySet<string>): Readonly<Record<string, EventDetail>> {
  const detail: Record<string, EventDetail> = {}
  if (row === null) return detail
  let kept = 0
  for (const name in row) {
    if (kept === MOST_VALUES || !names.has(name)) continue
    const value = toDetail(row[name])
    if (value === null) continue
    detail[name] = value
    kept += 1
  }
  return detail
}

function toDetail(value: unknown): EventDetail | null {
  if (typeof value === 'string') return value === '' ? null : plain(value)
  if (typeof value === 'boolean') return value
  if (typeof value === 'number') return Number.isFinite(value) ? value : null
  if (!Array.isArray(value)) return null
  const texts = value.filter((each) => typeof each === 'string').slice(0, MOST_VALUES)
  return texts.length === 0 ? null : texts.map((text) => plain(text))
}

/** Tokens are cut before the text is shortened, since the first part of a token may not be known as one. */
function plain(value: string, longest = LONGEST_VALUE): string {
  return withoutTokens(value.slice(0, longest + LONGEST_TOKEN))
    .slice(0, longest)
    .toWellFormed()
}
