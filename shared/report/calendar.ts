import ical, {
  escape,
  ICalAlarmRelatesTo,
  ICalAlarmType,
  type ICalCalendar,
  ICalEventBusyStatus,
  ICalEventTransparency,
} from 'ical-generator'

import { counted } from '../domain/counted.ts'
import { type Day, computeStart, DAY_MS, DAY_SECONDS } from '../domain/day.ts'
import { said } from '../domain/text/said.ts'
import { hasVisible, plainText } from '../domain/text/visible-text.ts'

/** A rotation that is due on a day. */
export interface RotationEvent {
  /** The identity of the key through all exports and rotations; see `rotationUid`. */
  readonly uid: string
  /** Counts the recorded rotations, so that a calendar program takes the newer of two exports (RFC 5546, 2.1.4). */
  readonly sequence: number
  readonly dueOn: Day
  readonly key: string
  readonly client: string
  /** Lines for the reader: what the key is, and its contact. */
  readonly details: readonly string[]
  /** Days before the due day on which to remind. */
  readonly leadDays: readonly number[]
}

/** A review that has to be signed by a day. */
export interface ReviewEvent {
  /** The same through all exports and reviews of the kind; see `reviewUid`. */
  readonly uid: string
  /** Counts the completed reviews. */
  readonly sequence: number
  readonly dueOn: Day
  readonly review: string
  readonly client: string
  readonly details: readonly string[]
  readonly leadDays: readonly number[]
}

/** A day on which a budget is expected to be spent, or on which one of its thresholds was reported. */
export interface BudgetEvent {
  /** See `budgetUid`. */
  readonly uid: string
  readonly on: Day
  /** What happens on the day: `Budget of Web reaches 500.00 USD by forecast`. */
  readonly summary: string
  readonly client: string
  readonly details: readonly string[]
}

/** A usage report that is due on a day. */
export interface ReportEvent {
  /** See `reportUid`. */
  readonly uid: string
  readonly dueOn: Day
  /** The report: `weekly usage report of week 2026-W47`. */
  readonly report: string
  readonly client: string
  readonly details: readonly string[]
}

export interface RotationCalendar {
  readonly name: string
  readonly generatedAt: number
  /** Iterated one by one, as they are written. */
  readonly events: Iterable<RotationEvent>
  readonly reviews: readonly ReviewEvent[]
  readonly budgets: readonly BudgetEvent[]
  readonly reports: readonly ReportEvent[]
}

/** Hour of the day, by the reader's own clock, at which alarms sound. */
const ALARM_HOUR = 9

/** An event of a day, as the calendar writes it. */
interface Entry extends Omit<ReviewEvent, 'review'> {
  readonly summary: string
  /** The text of an alarm, before the words for the day. */
  readonly due: string
}

/** The number of events that are written together: the library needs memory for many times the text it writes. */
const PIECE = 100

/**
 * The calendar of rotations, reviews, reports and budgets as iCalendar (RFC 5545), piece by piece: an event without a
 * time of day for each, with an alarm on each lead day; budgets have none, since their thresholds are reported as they
 * are reached. A name never leaves its own line, whatever it contains.
 */
export function* rotationCalendarPieces(calendar: RotationCalendar): Generator<string> {
  const stamp = new Date(calendar.generatedAt)
  // A calendar without events is a head and a tail, which every calendar with events has too.
  const empty = emptyCalendar(calendar).toString()
  const head = empty.slice(0, -TAIL.length)
  yield head
  for (const piece of listPieces(toEntries(calendar), PIECE)) {
    const some = emptyCalendar(calendar)
    for (const entry of piece) addEntry(some, entry, stamp)
    yield some.toString().slice(head.length, -TAIL.length)
  }
  yield `${TAIL}\r\n`
}

const TAIL = 'END:VCALENDAR'

function emptyCalendar({ name }: RotationCalendar): ICalCalendar {
  return ical({
    prodId: { company: 'Castellan', product: 'Castellan', language: 'EN' },
    // The library writes the name unchanged.
    name: escape(written(name), false),
  })
}

function* toEntries(calendar: RotationCalendar): Generator<Entry> {
  for (const { key, ...event } of calendar.events) {
    yield {
      ...event,
      summary: `Rotate ${key} (${event.client})`,
      due: `${key} of ${event.client} is due for rotation`,
    }
  }
  for (const { review, ...event } of calendar.reviews) {
    yield {
      ...event,
      summary: `Review ${review} (${event.client})`,
      due: `The review ${review} of ${event.client} has to be signed`,
    }
  }
  for (const { on, ...event } of calendar.budgets) {
    yield {
      ...event,
      dueOn: on,
      // The forecast of a later export replaces this one.
      sequence: Math.floor(calendar.generatedAt / DAY_MS),
      summary: `${event.summary} (${event.client})`,
      due: event.summary,
      leadDays: [],
    }
  }
  for (const { report, ...event } of calendar.reports) {
    yield {
      ...event,
      sequence: 0,
      summary: `Create the ${report} (${event.client})`,
      due: `The ${report} of ${event.client} is due`,
      leadDays: [0],
    }
  }
}

function* listPieces<T>(items: Iterable<T>, size: number): Generator<readonly T[]> {
  let piece: T[] = []
  for (const item of items) {
    piece.push(item)
    if (piece.length < size) continue
    yield piece
    piece = []
  }
  if (piece.length > 0) yield piece
}

/**
 * A text of a calendar: invisible characters by their names, since some readers take U+2028 and the like for the end of
 * a line (RFC 5545, 3.1 ends one by CRLF alone).
 */
function written(text: string): string {
  return plainText(said(text)).replaceAll(/\r\n?/gu, '\n')
}

function addEntry(to: ICalCalendar, event: Entry, stamp: Date): void {
  const entry = to.createEvent({
    id: event.uid,
    sequence: event.sequence,
    stamp,
    lastModified: stamp,
    start: new Date(computeStart(event.dueOn)),
    allDay: true,
    summary: written(event.summary),
    description: written(event.details.join('\n')),
    categories: hasVisible(event.client) ? [{ name: written(event.client) }] : [],
    transparency: ICalEventTransparency.TRANSPARENT,
    busystatus: ICalEventBusyStatus.FREE,
  })
  for (const lead of [...new Set(event.leadDays)].sort((a, b) => b - a)) {
    const description = written(`${event.due} ${inDays(lead)}`)
    const trigger = lead * DAY_SECONDS - ALARM_HOUR * 3600
    // The library counts an alarm after the start from the end, unless this method sets it.
    entry.createAlarm({ type: ICalAlarmType.display, trigger, description }).relatesTo(ICalAlarmRelatesTo.start)
  }
}

/**
 * The id of a key's event: the same in every export, through every rotation, and on every machine that watches the
 * client, since it is made of the client's slug and the provider's id of the first key of that purpose.
 */
export function rotationUid(key: {
  readonly client: string
  readonly provider: string
  readonly firstKeyId: string
}): string {
  const parts = [key.client, key.provider, said(key.firstKeyId)]
  const plain = parts.map((part) =>
    part.replaceAll(/[^A-Za-z0-9_-]/gu, (sign) => `~${(sign.codePointAt(0) ?? 0).toString(16)}~`),
  )
  return `key-${plain.join('.')}-rotation@castellan`
}

/** The id of the event of a client's reviews of one kind: each time one is signed, it moves to the next day. */
export function reviewUid(review: { readonly client: string; readonly kind: string }): string {
  return `review-${review.client}.${review.kind}@castellan`
}

/**
 * The id of an event of a budget in a month: of the forecast, which moves from export to export, or of one threshold.
 * `place` identifies the subject of the budget.
 */
export function budgetUid(budget: {
  readonly place: string
  readonly month: string
  readonly what: 'forecast' | number
}): string {
  const plain = said(budget.place).replaceAll(
    /[^A-Za-z0-9_-]/gu,
    (sign) => `~${(sign.codePointAt(0) ?? 0).toString(16)}~`,
  )
  return `budget-${plain}.${budget.month}.${budget.what}@castellan`
}

/** The id of the event of one report of one period. */
export function reportUid(report: { readonly client: string; readonly kind: string; readonly period: string }): string {
  return `report-${report.client}.${report.kind}.${report.period}@castellan`
}

function inDays(lead: number): string {
  if (lead === 0) return 'today'
  return lead === 1 ? 'tomorrow' : `in ${counted(lead, 'day')}`
}
