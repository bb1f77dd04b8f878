import { z } from 'zod'

import { clientRef, day, id } from '../../../shared/contract/common.ts'
import type { Day, Moment } from '../../../shared/domain/day.ts'
import { CLIENT_REF } from '../clients/client.ts'
import type { Reader, Writer } from '../db/handles.ts'
import { readRows } from '../db/rows.ts'
import { OPENS } from '../facts/key-state.ts'
import { connectionsInScope, idsParam } from '../db/scope.ts'

export interface Remindable {
  readonly keyId: number
  readonly clientId: number
  readonly dueOn: Day
  /** An expired snooze for which no reminder was sent yet. */
  readonly snoozedUntil: Day | null
  /** When the end of a snooze was last reported for this due day. */
  readonly snoozeReportedAt: number | null
}

/** Current keys whose due day is near enough for a reminder and that are not snoozed beyond today, earliest first. */
export function remindable(reader: Reader, until: Day, { now, today }: Moment): readonly Remindable[] {
  const inScope = connectionsInScope({})
  return reader.all<Remindable>(
    `SELECT k.id AS keyId, cn.client_id AS clientId, k.due_on AS dueOn, k.snoozed_until AS snoozedUntil,
       (SELECT max(r.fired_at) FROM reminder r WHERE r.key_id = k.id AND r.due_on = k.due_on AND r.rung LIKE 'snoozed-%') AS snoozeReportedAt
     FROM key k INDEXED BY key_due
     JOIN connection cn ON cn.id = k.connection_id
     WHERE k.standing = 1 AND k.due_on <= :until AND ${OPENS} AND (k.snoozed_until IS NULL OR k.snoozed_until <= :today)
       AND k.connection_id IN (${inScope.text}) ORDER BY k.due_on, k.connection_id, k.id`,
    { until, now, today, ...inScope.params },
  )
}

export function isFired(reader: Reader, keyId: number, dueOn: Day, rung: string): boolean {
  return reader.value('SELECT 1 FROM reminder WHERE key_id = ? AND due_on = ? AND rung = ?', [keyId, dueOn, rung]) === 1
}

/** Records a reminder step as sent. Returns the reminder's id. */
export function insertReminder(
  writer: Writer,
  reminder: { readonly keyId: number; readonly dueOn: Day; readonly rung: string; readonly at: number },
): number {
  return writer.run('INSERT INTO reminder (key_id, due_on, rung, fired_at) VALUES (?, ?, ?, ?)', [
    reminder.keyId,
    reminder.dueOn,
    reminder.rung,
    reminder.at,
  ]).lastId
}

const sent = z.object({ id, keyId: id, keyName: z.string(), client: clientRef, dueOn: day, rung: z.string() })

/** A reminder of a key that was sent; `rung` is its reminder step. */
export type SentReminder = z.output<typeof sent>

/** Reminders for ids, the earliest due day first. */
export function remindersById(reader: Reader, ids: readonly number[]): SentReminder[] {
  return readRows(
    reader,
    sent,
    `SELECT r.id, r.key_id AS keyId, k.name AS keyName, ${CLIENT_REF}, r.due_on AS dueOn, r.rung
     FROM reminder r JOIN key_last_row k ON k.id = r.key_id
     JOIN connection cn ON cn.id = k.connection_id JOIN client c ON c.id = cn.client_id
     WHERE r.id IN (SELECT value FROM json_each(?)) ORDER BY r.due_on, r.id`,
    [idsParam(ids)],
  )
}
