import type { EventFact } from '../../../shared/domain/events/event.ts'
import { DAY_MS } from '../../../shared/domain/day.ts'
import { emailKey } from '../../../shared/domain/email.ts'
import type { Reader, Writer } from '../db/handles.ts'

/** Days before the first reading that it includes: what happened earlier is not known. */
export const FIRST_DAYS = 90

/**
 * Each reading includes again what the one before it read last, since an event may appear in a log a while after it
 * happened.
 */
const OVERLAP_MS = 6 * 3_600_000

/** A time range that is still to be read, and where the reading of it stopped. */
export interface StoredSpan extends TimeRange {
  readonly id: number
  readonly position: string | null
}

/** The last event that earlier readings stored, which the next one has to meet again. */
export interface Anchor {
  readonly externalId: string
  readonly at: number
}

interface LogRow {
  readonly read_to_at: number
  readonly kept_ms: number
}

export interface BegunLog {
  readonly spans: readonly StoredSpan[]
  readonly anchor: Anchor | null
  /** Until when everything before this reading is known. */
  readonly knownTo: number
  /** The age of the oldest event that the log ever showed, in milliseconds: for so long the provider keeps events. */
  readonly keptMs: number
}

/**
 * Begins a reading of a connection's log: adds the time since the last one to what is still to be read. Spans that were
 * not begun are joined and split again; the others keep their position.
 */
export function beginLog(writer: Writer, connectionId: number, now: number): BegunLog {
  const log = writer.get<LogRow>('SELECT read_to_at, kept_ms FROM event_log WHERE connection_id = ?', [connectionId])
  const anchor =
    writer.get<Anchor>(
      'SELECT external_id AS externalId, at FROM event WHERE connection_id = ? AND at <= ? ORDER BY at DESC, id DESC LIMIT 1',
      [connectionId, log?.read_to_at ?? now],
    ) ?? null
  const first = now - FIRST_DAYS * DAY_MS
  // A clock that was set back must not make a span that ends before it begins.
  const knownTo = Math.min(now, log === undefined ? first : log.read_to_at - OVERLAP_MS)
  const from = log === undefined ? first : Math.min(knownTo, anchor?.at ?? knownTo)
  const left = writer.all<StoredSpan>(
    'SELECT id, from_at AS "from", to_at AS "to", position FROM event_span WHERE connection_id = ?',
    [connectionId],
  )
  const fresh = joined([...left.filter(({ position }) => position === null), { from, to: now }])
  writer.run('DELETE FROM event_span WHERE connection_id = ? AND position IS NULL', [connectionId])
  for (const span of fresh.flatMap(splitUp)) {
    writer.run('INSERT INTO event_span (connection_id, from_at, to_at) VALUES (?, ?, ?)', [
      connectionId,
      span.from,
      span.to,
    ])
  }
  writer.run(
    `INSERT INTO event_log (connection_id, began_at, read_to_at) VALUES (?, ?, ?)
     ON CONFLICT (connection_id) DO UPDATE SET read_to_at = excluded.read_to_at`,
    [connectionId, first, now],
  )
  const spans = writer.all<StoredSpan>(
    'SELECT id, from_at AS "from", to_at AS "to", position FROM event_span WHERE connection_id = ? ORDER BY to_at DESC, id',
    [connectionId],
  )
  return { spans, anchor, knownTo: Math.min(knownTo, ...left.map((span) => span.from)), keptMs: log?.kept_ms ?? 0 }
}

/**
 * Stores events of a span with how far it is read; an event that is stored already is ignored. Returns how many were
 * new: then the findings of the connection are out of date.
 */
export function storeEvents(
  writer: Writer,
  span: { readonly id: number; readonly connectionId: number },
  part: { readonly events: readonly EventFact[]; readonly position: string | null; readonly isEnd: boolean },
): number {
  const insert = writer.prepare(
    `INSERT INTO event (connection_id, external_id, at, type, act, subject, subject_x, subject_name, project_x, role_raw, level,
       actor, actor_x, actor_email, actor_address, actor_agent, detail)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (connection_id, external_id) DO NOTHING`,
  )
  let added = 0
  for (const event of part.events) {
    const { subject, actor } = event
    added += insert([
      span.connectionId,
      event.externalId,
      event.at,
      event.type,
      event.act,
      subject.kind,
      subject.externalId,
      subject.name,
      event.project,
      event.role,
      event.level,
      actor.kind,
      actor.externalId,
      emailKey(actor.email) ?? actor.email,
      actor.address,
      actor.agent,
      JSON.stringify(event.detail),
    ])
  }
  if (part.isEnd) writer.run('DELETE FROM event_span WHERE id = ?', [span.id])
  else writer.run('UPDATE event_span SET position = ? WHERE id = ?', [part.position, span.id])
  if (added > 0) writer.run('UPDATE finding_evaluation SET stale = 1 WHERE connection_id = ?', [span.connectionId])
  return added
}

/** Records for how long a log keeps events, as far as a reading showed it. */
export function noteKept(writer: Writer, connectionId: number, keptMs: number): void {
  writer.run('UPDATE event_log SET kept_ms = max(kept_ms, ?) WHERE connection_id = ?', [keptMs, connectionId])
}

/** Records what the log no longer has. Gaps that overlap or touch are one. */
export function recordGap(writer: Writer, connectionId: number, gap: TimeRange, now: number): void {
  const known = writer.all<TimeRange>(
    'SELECT from_at AS "from", to_at AS "to" FROM event_gap WHERE connection_id = ?',
    [connectionId],
  )
  writer.run('DELETE FROM event_gap WHERE connection_id = ?', [connectionId])
  for (const { from, to } of joined([...known, gap])) {
    writer.run('INSERT INTO event_gap (connection_id, from_at, to_at, seen_at) VALUES (?, ?, ?, ?)', [
      connectionId,
      from,
      to,
      now,
    ])
  }
}

/** True if the log of a connection ever held an event. */
export function hasEvents(reader: Reader, connectionId: number): boolean {
  return reader.value('SELECT 1 FROM event WHERE connection_id = ? LIMIT 1', [connectionId]) === 1
}

/** A time range, both ends included, in milliseconds. */
export interface TimeRange {
  readonly from: number
  readonly to: number
}

/** Time ranges without those that overlap or touch another: these are one. In the order of time. */
export function joined(ranges: readonly TimeRange[]): readonly TimeRange[] {
  const whole: { from: number; to: number }[] = []
  for (const { from, to } of ranges.toSorted((a, b) => a.from - b.from)) {
    const last = whole.at(-1)
    if (last === undefined || from > last.to + 1) whole.push({ from, to })
    else last.to = Math.max(last.to, to)
  }
  return whole
}

/** A time range of a log that is read by itself is at least so long: each costs a request even where nothing happened. */
const SHORTEST_MS = 10 * DAY_MS
const MOST_PARTS = 8

/** A long time range in parts that are read side by side, in whole seconds: some logs know no shorter time. */
export function splitUp({ from, to }: TimeRange): readonly TimeRange[] {
  const parts = Math.max(1, Math.min(MOST_PARTS, Math.floor((to - from) / SHORTEST_MS)))
  const length = Math.ceil((to - from) / parts / 1000) * 1000
  return Array.from({ length: parts }, (_, n) => ({
    from: from + n * length,
    to: n === parts - 1 ? to : from + (n + 1) * length - 1,
  }))
}
