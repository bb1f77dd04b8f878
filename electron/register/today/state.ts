import { z } from 'zod'

import { day, instant } from '../../../shared/contract/common.ts'
import type { Day } from '../../../shared/domain/day.ts'
import type { Facts } from '../../../shared/domain/today/worse.ts'
import type { Reader, Writer } from '../db/handles.ts'
import { readRows } from '../db/rows.ts'
import type { Scope } from '../db/scope.ts'
import { ENTRY_HERE } from './entry-names.ts'

const columns = z.object({
  client: z.string(),
  entry: z.string(),
  stored: z.string(),
  hidden: z.enum(['snoozed', 'dismissed']).nullable(),
  until: day.nullable(),
  reason: z.string(),
  facts: z.string().nullable(),
  by: z.string(),
  at: instant,
  note: z.string(),
  contact: z.string(),
})

/**
 * A person's decision about a matter of Today at a client, by its slug. `facts` are those at the decision; `stored` is
 * the name under which it is kept.
 */
export interface TodayState extends Omit<z.output<typeof columns>, 'facts'> {
  readonly facts: Facts | null
}

/** All decisions about matters of the clients in scope, of each the latest last: people may have been merged since. */
export function todayStates(reader: Reader, scope: Scope): TodayState[] {
  return readRows(
    reader,
    columns,
    `SELECT c.slug AS client, ${ENTRY_HERE} AS entry, s.entry AS stored, s.hidden, s.until, s.reason, s.facts, s.by, s.at, s.note, s.contact
     FROM today_state s JOIN client c ON c.id = s.client_id
     WHERE ${scope.client === undefined ? 'c.archived_at IS NULL' : 'c.slug = :client'}
     ORDER BY s.at`,
    scope.client === undefined ? {} : { client: scope.client },
  ).map((row) => ({ ...row, facts: row.facts === null ? null : (JSON.parse(row.facts) as Facts) }))
}

/** A matter at a client. */
interface Place {
  readonly clientId: number
  readonly entry: string
}

interface Hiding extends Place {
  /** Null: dismissed. */
  readonly until: Day | null
  readonly reason: string
  readonly facts: Facts
  readonly by: string
  readonly at: number
}

/** Snoozes or dismisses a matter; the note stays. */
export function hideMatter(writer: Writer, { clientId, entry, until, reason, facts, by, at }: Hiding): void {
  writer.run(
    `INSERT INTO today_state (client_id, entry, hidden, until, reason, facts, by, at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT (client_id, entry) DO UPDATE SET hidden = excluded.hidden, until = excluded.until,
       reason = excluded.reason, facts = excluded.facts, by = excluded.by, at = excluded.at`,
    [clientId, entry, until === null ? 'dismissed' : 'snoozed', until, reason, JSON.stringify(facts), by, at],
  )
}

/** Ends a snooze or a dismissal; the note stays. */
export function showMatter(writer: Writer, { clientId, entry }: Place): void {
  writer.run(
    `UPDATE today_state SET hidden = NULL, until = NULL, reason = '', facts = NULL WHERE client_id = ? AND entry = ?`,
    [clientId, entry],
  )
}

interface Noting extends Place {
  readonly note: string | undefined
  readonly contact: string | undefined
}

/** Sets the note or the contact of a matter; what is undefined stays. */
export function noteMatter(writer: Writer, { clientId, entry, note, contact }: Noting): void {
  writer.run(
    `INSERT INTO today_state (client_id, entry, note, contact) VALUES (:clientId, :entry, ifnull(:note, ''), ifnull(:contact, ''))
     ON CONFLICT (client_id, entry) DO UPDATE SET note = ifnull(:note, note), contact = ifnull(:contact, contact)`,
    { clientId, entry, note: note ?? null, contact: contact ?? null },
  )
}
