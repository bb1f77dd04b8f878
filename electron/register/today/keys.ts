import { z } from 'zod'

import { clientRef, day, id } from '../../../shared/contract/common.ts'
import type { Day, Moment } from '../../../shared/domain/day.ts'
import { CLIENT_REF } from '../clients/client.ts'
import type { Reader } from '../db/handles.ts'
import { readRows } from '../db/rows.ts'
import { connectionsInScope, idsParam, type Scope } from '../db/scope.ts'
import { OPENS } from '../facts/key-state.ts'
import { ROTATION_RULES, toRuleList } from '../findings/tally.ts'

const columns = z.object({
  client: clientRef,
  isAdmin: z.boolean(),
  isOverdue: z.boolean(),
  count: z.number().int(),
  firstDueOn: day,
  lastDueOn: day,
  keyId: id,
  name: z.string(),
})

/** The keys of a client that are due or overdue, admin keys apart; one of them by its id and name. */
export type PressingKeys = z.output<typeof columns>

/**
 * Keys that are overdue, or due until a day, by client. Snoozed keys, those whose risk is accepted, and the keys in
 * `apart` are left out. One statement over the index of due days, whatever the number of keys.
 */
export function pressingKeys(
  reader: Reader,
  scope: Scope,
  { now, today }: Moment,
  { until, apart }: { readonly until: Day; readonly apart: readonly number[] },
): PressingKeys[] {
  const inScope = connectionsInScope(scope)
  return readRows(
    reader,
    columns,
    `WITH admin (id) AS MATERIALIZED (
       SELECT v.key_id FROM key_version v INDEXED BY key_admin WHERE v.to_sync IS NULL AND v.kind = 'admin'),
     apart (id) AS MATERIALIZED (
       SELECT k.id FROM key k INDEXED BY key_snoozed WHERE k.snoozed_until > :today
       UNION SELECT value FROM json_each(:apart)
       UNION SELECT f.subject_id FROM finding f INDEXED BY finding_accepted WHERE f.resolved_at IS NULL
         AND f.accepted_until >= :today AND f.rule IN (${toRuleList(ROTATION_RULES)})),
     pressing AS MATERIALIZED (
       SELECT k.connection_id, k.id IN (SELECT id FROM admin) AS is_admin, k.due_on < :today AS is_overdue,
         count(*) AS count, min(k.due_on) AS first, max(k.due_on) AS last, k.id AS key
       FROM key k INDEXED BY key_summary WHERE k.standing = 1 AND k.connection_id IN (${inScope.text})
         AND k.due_on <= :until AND ${OPENS} AND k.id NOT IN (SELECT id FROM apart)
       GROUP BY k.connection_id, is_admin, is_overdue)
     SELECT ${CLIENT_REF}, p.is_admin AS isAdmin, p.is_overdue AS isOverdue, sum(p.count) AS count,
       min(p.first) AS firstDueOn, max(p.last) AS lastDueOn, p.key AS keyId,
       (SELECT k.name FROM reported_key_row k WHERE k.id = p.key) AS name
     FROM pressing p JOIN connection cn ON cn.id = p.connection_id JOIN client c ON c.id = cn.client_id
     GROUP BY c.id, p.is_admin, p.is_overdue`,
    { ...inScope.params, now, today, until, apart: idsParam(apart) },
  )
}

/** How many keys each of some connections has, as the syncs keep it. */
export function countKeys(reader: Reader, connections: readonly number[]): ReadonlyMap<number, number> {
  const rows = reader.all<{ readonly id: number; readonly count: number }>(
    'SELECT t.connection_id AS id, t.keys AS count FROM connection_tally t WHERE t.connection_id IN (SELECT value FROM json_each(?))',
    [idsParam(connections)],
  )
  return new Map(rows.map(({ id: connection, count }) => [connection, count]))
}
