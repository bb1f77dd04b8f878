import type { Inputs, Outputs } from '../../../shared/contract/contract.ts'
import { calendarTextInput } from '../../../shared/contract/files.ts'
import { isMadeId } from '../../../shared/domain/text/made-id.ts'
import { findKeyHolder, holderWords } from '../../../shared/domain/providers/key-holder.ts'
import { providerName } from '../../../shared/domain/providers/providers.ts'
import { reviewTitle } from '../../../shared/domain/reviews/review.ts'
import type { ReviewEvent, RotationEvent, ReportEvent } from '../../../shared/report/calendar.ts'
import { getClient } from '../../register/clients/client.ts'
import { policyLookup } from '../../register/clients/policy.ts'
import { type CalendarKey, calendarKeys } from '../../register/read/calendar-keys.ts'
import { eachInOneState, reportConnections } from '../../register/read/report.ts'
import { type ScheduleEntry, schedule } from '../../register/reviews/schedule/schedule.ts'
import { checkScope, type Context, getReader, getToday, makeMoment } from '../core/context.ts'
import { budgetEvents } from './calendar-budgets.ts'
import { answerEach } from '../core/implementer.ts'
import { joinPieces } from '../files-out/join-pieces.ts'
import { placeExport } from '../files-out/place-export.ts'
import { fileTarget } from '../files-out/target.ts'
import { stageFile } from '../files-out/write-file.ts'
import { dayText } from '../../../shared/domain/usage/rollups.ts'
import { periodTitle, reportDueOn } from '../../../shared/domain/usage/report-period.ts'
import { coming, REPORT_WORDS } from '../reports/schedule.ts'

const loadText = () => import('../../../shared/report/calendar.ts')

type CalendarText = Awaited<ReturnType<typeof loadText>>

/**
 * The calendar of rotations, reviews, budgets and reports (RFC 5545) of one client or all, and of one contact, reviewer
 * or recipient or all; a budget has no contact. Throws `Refusal` NOT_FOUND.
 */
export async function renderCalendar(
  context: Context,
  input: Inputs['files']['renderCalendar'],
): Promise<Outputs['files']['renderCalendar']> {
  const text = await loadText()
  checkScope(context, input)
  const { pieces, rows } = printCalendar(context, input, text)
  return { text: joinPieces(pieces, input.first), rows: rows() }
}

/** Streams the calendar piece by piece, for a terminal. The register can be written only after the last piece. */
export async function streamCalendar(
  context: Context,
  input: Inputs['files']['renderCalendar'],
): Promise<Iterable<string>> {
  const text = await loadText()
  return answerEach(
    context,
    { operation: 'files.renderCalendar', schema: calendarTextInput, input },
    (asked) => printCalendar(context, asked, text).pieces,
  )
}

/** Its pieces, from one state of the register, and the number of events so far. */
function printCalendar(
  context: Context,
  input: Inputs['files']['renderCalendar'],
  { budgetUid, reportUid, reviewUid, rotationUid, rotationCalendarPieces }: CalendarText,
): { readonly pieces: Iterable<string>; readonly rows: () => number } {
  const reader = getReader(context)
  const budgets = input.contact === undefined ? budgetEvents(context, { client: input.client }, budgetUid) : []
  const reports = reportEvents(context, input, reportUid)
  const now = context.now()
  let rows = budgets.length + reports.length
  function* toEvents(keys: Iterable<CalendarKey>): Generator<RotationEvent> {
    const findUid = newUids(rotationUid)
    const getPolicy = policyLookup(reader)
    for (const key of keys) {
      rows += 1
      yield toEvent(key, findUid(key), getPolicy(key.connection.clientId).leadDays)
    }
  }
  const pieces = eachInOneState(reader, () => {
    const connections = reportConnections(reader, { client: input.client })
    const client = input.client === undefined ? null : getClient(reader, input.client)
    const reviews = schedule(reader, { client: input.client }, makeMoment(context)).flatMap((review) =>
      reviewEvent(review, input.contact, reviewUid(getUid(review))),
    )
    rows += reviews.length
    const keys = calendarKeys(reader, connections, input.contact, now)
    const name = calendarName(client?.name ?? null, input.contact)
    return rotationCalendarPieces({
      name,
      generatedAt: now,
      today: getToday(context),
      events: toEvents(keys),
      reviews,
      budgets,
      reports,
    })
  })
  return { pieces, rows: () => rows }
}

/** Writes the rotation calendar to a file, atomically. Throws `Refusal` NOT_FOUND, or INVALID for the path. */
export async function exportCalendar(
  context: Context,
  input: Inputs['files']['exportCalendar'],
): Promise<Outputs['files']['exportCalendar']> {
  const target = fileTarget(context, input)
  const text = await loadText()
  checkScope(context, input)
  const { pieces, rows } = printCalendar(context, input, text)
  const staged = stageFile(target, pieces)
  return placeExport(context, staged, {
    action: 'calendar.exported',
    client: input.client ?? null,
    subject: 'Rotation calendar',
    body: { rows: rows(), contact: input.contact ?? null },
  })
}

function calendarName(client: string | null, contact: string | undefined): string {
  const of = [client, contact].filter((part) => part !== null && part !== undefined && part !== '')
  return of.length === 0 ? 'Key rotation' : `Key rotation: ${of.join(', ')}`
}

/**
 * One id for each event. The youngest key of a logical key has the logical key's own id, so that its event moves when
 * the key is rotated; one that is superseded and still active gets an id of its own.
 */
function newUids(
  getUid: (key: { readonly client: string; readonly provider: string; readonly firstKeyId: string }) => string,
): (key: CalendarKey) => string {
  const taken = new Set<string>()
  return (key) => {
    const firstKeyId = key.isSucceeded === 1 ? `${key.externalId} superseded` : (key.olderKeyId ?? key.externalId)
    const of = { client: key.connection.client.slug, provider: key.connection.provider, firstKeyId }
    const uid = getUid(of)
    const own = taken.has(uid) ? getUid({ ...of, firstKeyId: `${firstKeyId} ${key.keyId}` }) : uid
    taken.add(own)
    return own
  }
}

function toEvent(key: CalendarKey, uid: string, leadDays: readonly number[]): RotationEvent {
  const { client, provider, organizationId } = key.connection
  const organization = organizationId === null ? '' : ` (${organizationId})`
  const facts: readonly (readonly [string, string | null])[] = [
    ['Client', client.name],
    ['Organization', `${providerName(provider)}${organization}`],
    ['Project', key.project],
    ['Key ID', isMadeId(key.externalId) ? null : key.externalId],
    ['Redacted key', key.hint],
    ['Owner', describeOwner(key)],
    ['Environment', key.environment],
    ['Team', key.team],
    ['Purpose', key.purpose],
    ['Contact', key.contact],
  ]
  return {
    uid,
    sequence: key.rotations,
    dueOn: key.dueOn,
    key: key.name,
    client: client.name,
    details: [
      ...(key.isSucceeded === 1 ? ['A newer key already serves the same purpose: delete this one.'] : []),
      ...facts.flatMap(([label, value]) => (value === null || value === '' ? [] : [`${label}: ${value}`])),
    ],
    leadDays,
  }
}

function describeOwner(key: CalendarKey): string {
  return holderWords({
    holder: findKeyHolder({ provider: key.connection.provider, ...key }),
    owner: {
      state: key.ownerState,
      name: key.ownerName,
      email: key.ownerEmail,
      present: key.ownerRemoved === 1 ? false : null,
    },
  })
}

function getUid({ row }: ScheduleEntry): { readonly client: string; readonly kind: string } {
  return { client: row.client.slug, kind: row.kind }
}

/** The event of a review that is due for a contact; with no contact, of any. */
function reviewEvent({ row, ended, policy }: ScheduleEntry, contact: string | undefined, uid: string): ReviewEvent[] {
  if (row.dueOn === null || (contact !== undefined && contact !== row.reviewer)) return []
  return [
    {
      uid,
      sequence: ended,
      dueOn: row.dueOn,
      review: reviewTitle(row.kind),
      client: row.client.name,
      details: [
        `Client: ${row.client.name}`,
        ...(row.reviewer === null ? [] : [`Reviewer: ${row.reviewer}`]),
        ...(row.last === null ? [] : [`Last review: ${row.last.on}`]),
      ],
      leadDays: policy.reviewLeadDays,
    },
  ]
}

type UidOf = (report: { readonly client: string; readonly kind: string; readonly period: string }) => string

/** The scheduled reports in scope, of one recipient or all: each that is due, and the next of its kind. */
function reportEvents(
  context: Context,
  { client, contact }: { readonly client?: string | undefined; readonly contact?: string | undefined },
  uidOf: UidOf,
): ReportEvent[] {
  return coming(context, { client }).flatMap(({ row, next }): ReportEvent[] => {
    if (contact !== undefined && !row.recipients.includes(contact)) return []
    const event = (period: string, dueOn: string): ReportEvent => ({
      uid: uidOf({ client: row.client.slug, kind: row.kind, period }),
      dueOn,
      report: `${REPORT_WORDS[row.kind]} of ${periodTitle({ word: period })}`,
      client: row.client.name,
      details: [
        `Client: ${row.client.name}`,
        ...(row.recipients.length === 0 ? [] : [`For: ${row.recipients.join(', ')}`]),
      ],
    })
    const after = event(next.word, dayText(reportDueOn(next)))
    return row.madeAt === null ? [event(row.period, row.dueOn), after] : [after]
  })
}
