import type { ChangeKind, Point } from '../../../shared/contract/changes.ts'
import type { Outputs } from '../../../shared/contract/contract.ts'
import { addDays, type Day } from '../../../shared/domain/day.ts'
import { pointWord } from '../../../shared/report/changes-words.ts'
import { formatDay } from '../../ui/relative.ts'
import type { ChangesSearch } from './search.ts'

export type SyncPoint = Outputs['changes']['timeline'][number]

/** The days to look back by default. */
export const USUAL_DAYS = 30

export interface Question {
  readonly since: Point
  readonly until?: Point
  readonly connection?: number
}

/** The input of the operation for these search params, on a day. */
export function getQuestion(search: ChangesSearch, today: Day): Question {
  const { to, connection } = search
  return {
    since: getSince(search, today),
    ...(to === undefined ? {} : { until: { sync: to } }),
    ...(connection === undefined ? {} : { connection }),
  }
}

function getSince({ from, review, since, days }: ChangesSearch, today: Day): Point {
  if (from !== undefined) return from === 0 ? START : { sync: from }
  if (review !== undefined) return review === 'last' ? { lastReview: 'any' } : { review }
  return { day: since ?? addDays(today, -(days ?? USUAL_DAYS)) }
}

const START: Point = { at: 0 }

/** `between 25 Oct 2026 and now`. */
export function betweenWords({ since, until }: Question): string {
  const from = 'at' in since && since.at === 0 ? 'the first sync' : shownPoint(since)
  return `between ${from} and ${shownPoint(until)}`
}

function shownPoint(point: Point | undefined): string {
  return point !== undefined && 'day' in point ? formatDay(point.day) : pointWord(point)
}

/** Shows the changes of one sync: its connection, from the previous sync. */
export function onlySync(point: Pick<SyncPoint, 'before' | 'syncId' | 'connection'>): Partial<ChangesSearch> {
  return { ...NO_SPAN, from: point.before ?? 0, to: point.syncId, connection: point.connection.id }
}

/** No period: the next choice starts a new one. */
export const NO_SPAN = {
  days: undefined,
  since: undefined,
  from: undefined,
  to: undefined,
  review: undefined,
} as const

/** The period that begins with a sync; an end before it becomes now. */
export function beginningWith(search: ChangesSearch, from: number): Partial<ChangesSearch> {
  return { ...NO_SPAN, from, to: search.to !== undefined && search.to >= from ? search.to : undefined }
}

/** The period that ends with a sync (undefined: now); without a first sync it begins before all syncs. */
export function endingWith(search: ChangesSearch, to: number | undefined): Partial<ChangesSearch> {
  if (to === undefined) return { to }
  return { ...NO_SPAN, from: search.from !== undefined && search.from <= to ? search.from : 0, to }
}

/** The kinds after one was switched on or off; an empty list means all. */
export function switchedKinds(kinds: readonly ChangeKind[] | undefined, kind: ChangeKind): ChangeKind[] | undefined {
  const now = kinds ?? []
  const next = now.includes(kind) ? now.filter((each) => each !== kind) : [...now, kind]
  return next.length === 0 ? undefined : next
}
