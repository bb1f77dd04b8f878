import { z } from 'zod'

import { day, instant } from '../../../shared/contract/common.ts'
import type { Facts } from '../../../shared/domain/today/worse.ts'
import type { Reader } from '../db/handles.ts'
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
