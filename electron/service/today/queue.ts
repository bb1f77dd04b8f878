import type { ClientRef } from '../../../shared/contract/common.ts'
import type { TodayEntry } from '../../../shared/contract/today.ts'
import type { Day } from '../../../shared/domain/day.ts'
import { makeAction } from '../../../shared/domain/today/action.ts'
import type { Matter } from '../../../shared/domain/today/matter.ts'
import { findMatters, listClients, makeRows, makeSingleRows, type Row } from '../../../shared/domain/today/queue.ts'
import { detailRow, explainRow, sayRow } from '../../../shared/domain/today/say.ts'
import { isWorse } from '../../../shared/domain/today/worse.ts'
import type { Scope } from '../../register/db/scope.ts'
import { schedule, type ScheduleEntry } from '../../register/reviews/schedule/schedule.ts'
import { clientCounts, type ClientCounts } from '../../register/today/counts.ts'
import { type TodayState, todayStates } from '../../register/today/state.ts'
import { type Context, getReader, makeMoment } from '../core/context.ts'
import { connectionMatters, type ConnectionState, listConnected } from './connections.ts'
import { leaverMatters } from './leavers.ts'
import {
  budgetMatters,
  findingMatters,
  inviteMatters,
  keyMatters,
  remediationMatters,
  reportMatters,
  reviewMatters,
} from './matters.ts'

/** A matter with what a person decided about it. */
export interface QueueMatter {
  readonly matter: Matter
  readonly state: TodayState | null
  readonly isHidden: boolean
}

/** Everything that the queue and the table of clients are made of. */
export interface QueueFacts {
  readonly today: Day
  readonly decided: readonly QueueMatter[]
  readonly connected: readonly ConnectionState[]
  readonly counts: ReadonlyMap<string, ClientCounts>
  readonly scheduled: readonly ScheduleEntry[]
}

/** Reads all matters in scope: a few statements each, whatever the number of clients. */
export async function gather(
  context: Context,
  scope: Scope,
  refs: ReadonlyMap<string, ClientRef>,
): Promise<QueueFacts> {
  const reader = getReader(context)
  const moment = makeMoment(context)
  const connected = await listConnected(context, scope)
  const counts = clientCounts(reader, scope, moment)
  const scheduled = schedule(reader, scope, moment)
  const leaving = leaverMatters(context, scope)
  const withLeavers = new Set(leaving.matters.map(({ client }) => client.slug))
  const matters = [
    ...leaving.matters,
    ...connectionMatters(context, connected),
    ...keyMatters(context, scope, leaving.subjects),
    ...reviewMatters(context, scheduled, withLeavers),
    ...remediationMatters(context, scope, refs),
    ...budgetMatters(context, scope),
    ...findingMatters(context, scope, leaving.subjects),
    ...inviteMatters(counts, refs),
    ...reportMatters(context, scope),
  ]
  const states = new Map(todayStates(reader, scope).map((state) => [toPlace(state.client, state.entry), state]))
  const decided = matters.map((matter): QueueMatter => {
    const state = states.get(toPlace(matter.client.slug, matter.key)) ?? null
    return { matter, state, isHidden: state !== null && isHidden(state, matter, moment.today) }
  })
  return { today: moment.today, decided, connected, counts, scheduled }
}

function toPlace(client: string, key: string): string {
  return `${client} ${key}`
}

/** Until the day of a snooze, or for as long as a dismissed matter does not get worse. */
function isHidden({ hidden, until, facts }: TodayState, matter: Matter, today: Day): boolean {
  if (hidden === null || facts === null || isWorse(matter.facts, facts)) return false
  return until === null || until > today
}

/** The rows of the queue, or those that are snoozed or dismissed, each by itself, most pressing first. */
export function listRows({ decided, today }: QueueFacts, hidden: boolean): Row[] {
  const matters = decided.filter((one) => one.isHidden === hidden).map(({ matter }) => matter)
  return hidden ? makeSingleRows(matters, today) : makeRows(matters, today)
}

/**
 * The matters that an entry names: those of a row that is listed, or, where it is joined with others there, those of
 * this key. Of hidden ones also a whole group by the id that its row had. `at`: only those that were hidden then.
 */
export function findEntry(gathered: QueueFacts, entry: string, hidden: boolean, at?: number): readonly Matter[] {
  const matters = gathered.decided
    .filter((one) => one.isHidden === hidden && (at === undefined || one.state?.at === at))
    .map(({ matter }) => matter)
  const row = hidden ? undefined : makeRows(matters, gathered.today).find(({ id }) => id === entry)
  return row?.matters ?? findMatters(matters, entry)
}

interface Listing {
  readonly states: ReadonlyMap<Matter, TodayState | null>
  readonly today: Day
  readonly hidden: boolean
}

export function toEntry(row: Row, { states: all, today, hidden }: Listing): TodayEntry {
  const states = row.matters.flatMap((matter) => all.get(matter) ?? [])
  const noted = states.find(({ note, contact }) => note !== '' || contact !== '')
  const hiding = hidden ? states.find((state) => state.hidden !== null) : undefined
  return {
    entryId: row.id,
    kind: row.matters[0].subject.kind,
    band: row.band,
    risk: row.weight.risk,
    says: sayRow(row, today),
    detail: detailRow(row),
    why: explainRow(row, today),
    clients: listClients(row).map(({ slug, name, colour }) => ({ slug, name, colour })),
    action: makeAction(row),
    note: noted?.note ?? '',
    contact: noted?.contact ?? '',
    hidden: hiding === undefined ? null : { until: hiding.until, reason: hiding.reason, by: hiding.by, at: hiding.at },
  }
}
