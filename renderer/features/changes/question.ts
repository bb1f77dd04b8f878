import type { ChangeKind, Point } from '../../../shared/contract/changes.ts'
import type { Outputs } from '../../../shared/contract/contract.ts'
import { addDays, type Day } from '../../../shared/domain/day.ts'
import { pointWord } from '../../../shared/report/changes-words.ts'
import type { ChangesSearch } from './search.ts'

export type SyncPoint = Outputs['changes']['timeline'][number]

/** The days that are looked back on unless something else is chosen. */
export const USUAL_DAYS = 30

export interface Question {
  readonly since: Point
  readonly until?: Point
  readonly connection?: number
}

/** What a search asks of the register, on a day. */
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

/** `Between 2026-10-25 and now`. */
export function betweenWords({ since, until }: Question): string {
  const from = 'at' in since && since.at === 0 ? 'the first sync' : pointWord(since)
  return `between ${from} and ${pointWord(until)}`
}

/** Shows what one sync brought: its connection, from the sync before it. */
export function onlySync(point: SyncPoint): Partial<ChangesSearch> {
  return { ...NO_SPAN, from: point.before ?? 0, to: point.syncId, connection: point.connection.id }
}

/** Nothing chosen: what is chosen next stands alone. */
export const NO_SPAN = {
  days: undefined,
  since: undefined,
  from: undefined,
  to: undefined,
  review: undefined,
} as const

/** The span that begins with a sync; one that ended earlier goes on to now. */
export function beginningWith(search: ChangesSearch, from: number): Partial<ChangesSearch> {
  return { ...NO_SPAN, from, to: search.to !== undefined && search.to >= from ? search.to : undefined }
}

/** The span that ends with a sync (undefined: now); without a sync to begin with, from before all. */
export function endingWith(search: ChangesSearch, to: number | undefined): Partial<ChangesSearch> {
  if (to === undefined) return { to }
  return { ...NO_SPAN, from: search.from !== undefined && search.from <= to ? search.from : 0, to }
}

/** The kinds after one was switched; none is all. */
export function switchedKinds(kinds: readonly ChangeKind[] | undefined, kind: ChangeKind): ChangeKind[] | undefined {
  const now = kinds ?? []
  const next = now.includes(kind) ? now.filter((each) => each !== kind) : [...now, kind]
  return next.length === 0 ? undefined : next
}
