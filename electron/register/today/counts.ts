import type { Moment } from '../../../shared/domain/day.ts'
import type { Reader } from '../db/handles.ts'
import { connectionsInScope, type Scope } from '../db/scope.ts'
import { isExpiredInvite } from '../facts/invite-state.ts'
import { OPENS } from '../facts/key-state.ts'
import { dueUntil, dueUntilOf } from '../keys/keys.ts'

export interface ClientCounts {
  /** Members; people who hold nothing but pending invites are not among them. */
  readonly people: number
  readonly keys: number
  readonly overdue: number
  readonly due: number
  readonly expiredInvites: number
}

const NOTHING: ClientCounts = { people: 0, keys: 0, overdue: 0, due: 0, expiredInvites: 0 }

/** Counts for each client in scope, by slug: one statement for keys, over one index, and one for each other kind. */
export function clientCounts(reader: Reader, scope: Scope, moment: Moment): ReadonlyMap<string, ClientCounts> {
  const counts = new Map<string, ClientCounts>()
  const add = (rows: readonly (Partial<ClientCounts> & { readonly slug: string })[]): void => {
    for (const { slug, ...row } of rows) counts.set(slug, { ...NOTHING, ...counts.get(slug), ...row })
  }
  add(countPeople(reader, scope))
  add(countKeys(reader, scope, moment))
  add(countExpiredInvites(reader, scope, moment))
  return counts
}

/** How many keys are due or overdue, in all clients. */
export function countDue(reader: Reader, moment: Moment): number {
  return countKeys(reader, {}, moment).reduce((sum, { overdue, due }) => sum + overdue + due, 0)
}

/** Each person once for a client. */
function countPeople(reader: Reader, scope: Scope): readonly { readonly slug: string; readonly people: number }[] {
  const inScope = connectionsInScope(scope)
  return reader.all(
    `WITH held AS (
       SELECT cn.client_id, max(p.kind = 'user') AS is_user FROM principal_now p JOIN connection cn ON cn.id = p.connection_id
       WHERE p.person_id IS NOT NULL AND p.connection_id IN (${inScope.text}) GROUP BY cn.client_id, p.person_id)
     SELECT c.slug, sum(h.is_user) AS people FROM held h JOIN client c ON c.id = h.client_id GROUP BY c.slug`,
    inScope.params,
  )
}

type KeyCounts = Pick<ClientCounts, 'keys' | 'overdue' | 'due'> & { readonly slug: string }

/** How many keys each client in scope has, and how many of them are overdue and due. */
export function countKeys(reader: Reader, scope: Scope, { now, today }: Moment): readonly KeyCounts[] {
  const inScope = connectionsInScope(scope)
  const counted = (condition: string): string =>
    `(SELECT count(*) FROM key k INDEXED BY key_summary WHERE k.standing = 1 AND k.connection_id = cn.id${condition})`
  return reader.all<KeyCounts>(
    `WITH by_connection AS MATERIALIZED (
       SELECT cn.client_id, ${counted('')} AS keys, ${counted(` AND k.due_on < :today AND ${OPENS}`)} AS overdue,
         ${counted(` AND k.due_on >= :today AND k.due_on <= ${dueUntilOf('cn.id')} AND ${OPENS}`)} AS due
       FROM connection cn WHERE cn.id IN (${inScope.text}))
     SELECT c.slug, sum(b.keys) AS keys, sum(b.overdue) AS overdue, sum(b.due) AS due
     FROM by_connection b JOIN client c ON c.id = b.client_id GROUP BY c.slug`,
    { ...inScope.params, now, today, due_until: JSON.stringify(dueUntil(reader, today)) },
  )
}

function countExpiredInvites(
  reader: Reader,
  scope: Scope,
  { now }: Moment,
): readonly { readonly slug: string; readonly expiredInvites: number }[] {
  const inScope = connectionsInScope(scope)
  return reader.all(
    `SELECT c.slug, count(*) AS expiredInvites FROM principal_now p JOIN connection cn ON cn.id = p.connection_id
     JOIN client c ON c.id = cn.client_id
     WHERE p.connection_id IN (${inScope.text}) AND ${isExpiredInvite('p')} GROUP BY c.slug`,
    { ...inScope.params, now },
  )
}
