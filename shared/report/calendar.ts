import ical, { escape, foldLines } from 'ical-generator'

import { counted } from '../domain/counted.ts'
import { type Day, DAY_MS } from '../domain/day.ts'
import { formatDay } from '../domain/text/dates.ts'
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
  /** One identity through all exports and reviews of the kind; see `reviewUid`. */
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
  /** The event of the day: `Budget of Web reaches 500.00 USD by forecast`. */
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
  /** The day of overdue entries, on the operator's calendar. */
  readonly today: Day
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
  /** The subject of an overdue entry's alarm: `The rotation of prod-web-api of Acme`. */
  readonly what: string
}

/** The length at which a piece is passed on. */
const PIECE = 1 << 16

/**
 * The calendar of rotations, reviews, reports and budgets as iCalendar (RFC 5545), piece by piece: an event without a
 * time of day for each, with an alarm on each lead day; what is overdue is an event of today with an alarm, so that no event
 * is in the past. Budgets have no alarms, since their thresholds are reported as they
 * are reached. A name never leaves its own line, whatever it contains. The frame is the library's; the events are written here in
 * its form, since it needs memory for many times the text it writes (a property test compares the two).
 */
export function* rotationCalendarPieces(calendar: RotationCalendar): Generator<string> {
  const frame = ical({
    prodId: { company: 'Castellan', product: 'Castellan', language: 'EN' },
    // The library writes the name unchanged.
    name: escape(written(calendar.name), false),
  }).toString()
  const stamp = `${new Date(calendar.generatedAt).toISOString().slice(0, 19).replaceAll(/[-:]/gu, '')}Z`
  let text = frame.slice(0, -TAIL.length)
  const hour = nextAlarmHour(calendar.generatedAt)
  for (const entry of toEntries(calendar)) {
    text += entryText(entry, { stamp, hour, today: calendar.today })
    if (text.length < PIECE) continue
    yield text
    text = ''
  }
  yield `${text}${TAIL}\r\n`
}

const TAIL = 'END:VCALENDAR'

function* toEntries(calendar: RotationCalendar): Generator<Entry> {
  for (const { key, ...event } of calendar.events) {
    yield {
      ...event,
      summary: `Rotate ${key} (${event.client})`,
      due: `${key} of ${event.client} is due for rotation`,
      what: `The rotation of ${key} of ${event.client}`,
    }
  }
  for (const { review, ...event } of calendar.reviews) {
    yield {
      ...event,
      summary: `Review ${review} (${event.client})`,
      due: `The review ${review} of ${event.client} has to be signed`,
      what: `The review ${review} of ${event.client}`,
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
      what: event.summary,
      leadDays: [],
    }
  }
  for (const { report, ...event } of calendar.reports) {
    yield {
      ...event,
      sequence: 0,
      summary: `Create the ${report} (${event.client})`,
      due: `The ${report} of ${event.client} is due`,
      what: `The ${report} of ${event.client}`,
      leadDays: [0],
    }
  }
}

/**
 * A text of a calendar: invisible characters by their names, since some readers take U+2028 and the like for the end of
 * a line (RFC 5545, 3.1 ends one by CRLF alone).
 */
function written(text: string): string {
  return plainText(said(text)).replaceAll(/\r\n?/gu, '\n')
}

/** The fields that all entries of a calendar share. */
interface Frame {
  readonly stamp: string
  /** At which the alarm of an overdue entry sounds: it is one of today, when some hours have passed. */
  readonly hour: number
  readonly today: Day
}

function nextAlarmHour(now: number): number {
  return Math.min(23, Math.max(ALARM_HOUR, new Date(now).getHours() + 1))
}

function entryText(event: Entry, { stamp, hour, today }: Frame): string {
  const category = hasVisible(event.client) ? line('CATEGORIES:', toValue(event.client)) : ''
  const isOverdue = event.dueOn < today
  const since = isOverdue ? `overdue since ${formatDay(event.dueOn)}` : ''
  return (
    `BEGIN:VEVENT\r\n${line('UID:', event.uid)}SEQUENCE:${event.sequence}\r\nDTSTAMP:${stamp}\r\n` +
    `DTSTART;VALUE=DATE:${(isOverdue ? today : event.dueOn).replaceAll('-', '')}\r\n` +
    'X-MICROSOFT-CDO-ALLDAYEVENT:TRUE\r\nX-MICROSOFT-MSNCALENDAR-ALLDAYEVENT:TRUE\r\n' +
    `${line('SUMMARY:', toValue(isOverdue ? `${event.summary}, ${since}` : event.summary))}TRANSP:TRANSPARENT\r\n` +
    `${line('DESCRIPTION:', toValue(event.details.join('\n')))}${isOverdue ? overdueAlarm(event.what, since, hour) : alarms(event)}${category}` +
    `X-MICROSOFT-CDO-BUSYSTATUS:FREE\r\nLAST-MODIFIED:${stamp}\r\nEND:VEVENT\r\n`
  )
}

function overdueAlarm(what: string, since: string, hour: number): string {
  const description = line('DESCRIPTION:', toValue(`${what} has been ${since}`))
  return `BEGIN:VALARM\r\nACTION:DISPLAY\r\nTRIGGER;RELATED=START:PT${hour}H\r\n${description}END:VALARM\r\n`
}

function alarms({ due, leadDays }: Entry): string {
  let text = ''
  // Without a character that has to be spelled, and without a secret, it is the same before every word for a day.
  const plain = PLAIN.test(due) && said(due) === due ? `DESCRIPTION:${escapeValue(due)} ` : null
  // The lines that are full before the last words are folded once.
  const full = plain === null ? 0 : FOLDED * Math.floor((plain.length - 1) / FOLDED)
  const head = plain === null || full === 0 ? '' : `${foldAscii(plain.slice(0, full))}\r\n `
  for (const { start, words } of listAlarms(leadDays)) {
    const description =
      plain === null
        ? line('DESCRIPTION:', toValue(`${due} ${words}`))
        : `${head}${foldAscii(plain.slice(full) + words)}\r\n`
    text += `${start}${description}END:VALARM\r\n`
  }
  return text
}

/** An alarm up to its text, and its word for the day. */
interface Alarm {
  readonly start: string
  readonly words: string
}

const KNOWN_ALARMS = new WeakMap<readonly number[], readonly Alarm[]>()

/** The keys of a client share its list of days. */
function listAlarms(leadDays: readonly number[]): readonly Alarm[] {
  const known = KNOWN_ALARMS.get(leadDays)
  if (known !== undefined) return known
  const made = [...new Set(leadDays)]
    .sort((a, b) => b - a)
    .map((lead) => ({
      start: `BEGIN:VALARM\r\nACTION:DISPLAY\r\nTRIGGER;RELATED=START:${trigger(lead)}\r\n`,
      words: inDays(lead),
    }))
  KNOWN_ALARMS.set(leadDays, made)
  return made
}

/** From midnight of the day to the hour of an alarm so many days before it: `-P29DT15H`. */
function trigger(lead: number): string {
  if (lead === 0) return `PT${ALARM_HOUR}H`
  return `-P${lead === 1 ? '' : `${lead - 1}D`}T${24 - ALARM_HOUR}H`
}

function toValue(text: string): string {
  return escapeValue(PLAIN.test(text) ? said(text) : written(text))
}

function escapeValue(text: string): string {
  return SIGNS.test(text) ? escape(text, false) : text
}

/** Nothing in it has to be spelled. */
const PLAIN = /^[\n\x20-\x7e]*$/u
/** The characters that the library escapes. */
const SIGNS = /[\\;,\n]/u

/** The octets of a folded line after its space, as the library counts. */
const FOLDED = 74

/** A content line (RFC 5545, 3.1). */
function line(name: string, value: string): string {
  const text = name + value
  return `${NOT_ASCII.test(text) ? foldLines(text) : foldAscii(text)}\r\n`
}

function foldAscii(text: string): string {
  if (text.length <= FOLDED) return text
  let folded = text.slice(0, FOLDED)
  for (let at = FOLDED; at < text.length; at += FOLDED) folded += `\r\n ${text.slice(at, at + FOLDED)}`
  return folded
}

const NOT_ASCII = /[^\0-\x7f]/u

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
