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

/** Counts for each client in scope, by slug: due keys from ranges of one index, the numbers of keys and people as they are kept. */
export function clientCounts(reader: Reader, scope: Scope, moment: Moment): ReadonlyMap<string, ClientCounts> {
  const counts = new Map<string, ClientCounts>()
  const add = (rows: readonly (Partial<ClientCounts> & { readonly slug: string })[]): void => {
    for (const { slug, ...row } of rows) counts.set(slug, { ...NOTHING, ...counts.get(slug), ...row })
  }
  add(readKept(reader, scope))
  add(countDueKeys(reader, scope, moment))
  add(countExpiredInvites(reader, scope, moment))
  return counts
}

/** How many keys are due or overdue, in all clients. */
export function countDue(reader: Reader, moment: Moment): number {
  return countDueKeys(reader, {}, moment).reduce((sum, { overdue, due }) => sum + overdue + due, 0)
}

type StoredCounts = Pick<ClientCounts, 'people' | 'keys'> & { readonly slug: string }

/** The numbers of people and keys that were counted when they were written. */
function readKept(reader: Reader, scope: Scope): readonly StoredCounts[] {
  const inScope = connectionsInScope(scope)
  return reader.all<StoredCounts>(
    `SELECT c.slug, ifnull(p.people, 0) AS people, sum(ifnull(k.keys, 0)) AS keys
     FROM connection cn JOIN client c ON c.id = cn.client_id LEFT JOIN client_tally p ON p.client_id = c.id
     LEFT JOIN connection_tally k ON k.connection_id = cn.id WHERE cn.id IN (${inScope.text}) GROUP BY c.id`,
    inScope.params,
  )
}

type DueCounts = Pick<ClientCounts, 'overdue' | 'due'> & { readonly slug: string }

/** How many keys of each client in scope are overdue and due. */
export function countDueKeys(reader: Reader, scope: Scope, { now, today }: Moment): readonly DueCounts[] {
  const inScope = connectionsInScope(scope)
  const counted = (condition: string): string =>
    `(SELECT count(*) FROM key k INDEXED BY key_summary WHERE k.standing = 1 AND k.connection_id = cn.id AND ${condition} AND ${OPENS})`
  return reader.all<DueCounts>(
    `WITH by_connection AS MATERIALIZED (
       SELECT cn.client_id, ${counted('k.due_on < :today')} AS overdue,
         ${counted(`k.due_on >= :today AND k.due_on <= ${dueUntilOf('cn.id')}`)} AS due
       FROM connection cn WHERE cn.id IN (${inScope.text}))
     SELECT c.slug, sum(b.overdue) AS overdue, sum(b.due) AS due
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
    `SELECT c.slug, count(*) AS expiredInvites FROM connection cn JOIN client c ON c.id = cn.client_id
     CROSS JOIN account_row i ON i.connection_id = cn.id AND i.kind = 'invite'
     WHERE cn.id IN (${inScope.text}) AND ${isExpiredInvite('i')} GROUP BY c.slug`,
    { ...inScope.params, now },
  )
}
