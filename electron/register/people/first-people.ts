import type { Moment } from '../../../shared/domain/day.ts'
import { type FirstSlice, isPlain, WORTH_SLICING } from '../db/first-slice.ts'
import type { Reader } from '../db/handles.ts'
import { isExpiredInvite } from '../facts/invite-state.ts'
import { connectionsInScope } from '../db/scope.ts'
import { type PeopleQuery, personIds } from './people.ts'

/** How many people have nothing left, since all their invites have expired. */
const EXPIRED = (connections: string): string => `SELECT count(DISTINCT p.person_id)
  FROM account_row p WHERE p.kind = 'invite' AND p.connection_id IN (${connections}) AND p.person_id IS NOT NULL AND ${isExpiredInvite('p')}
    AND NOT EXISTS (SELECT 1 FROM account_row o
      WHERE o.person_id = p.person_id AND +o.connection_id IN (${connections}) AND NOT ${isExpiredInvite('o')})`

/**
 * The first ids of all people in scope by name, as `personIds` orders them, from the beginning of the index of names.
 * Null where the whole list has to be read for them.
 */
export function firstPeople(reader: Reader, query: PeopleQuery, limit: number, moment: Moment): FirstSlice | null {
  if (!isPlain(query, 'name')) return null
  const inScope = connectionsInScope(query)
  // The index has each person's accounts together; the accounts of one client are found by its connections.
  const account = query.client === undefined ? 'principal p INDEXED BY principal_by_person' : 'principal p'
  const total =
    reader.value<number>(
      `SELECT count(DISTINCT p.person_id) FROM ${account}
       WHERE p.person_id IS NOT NULL AND p.removed = 0 AND p.connection_id IN (${inScope.text})`,
      inScope.params,
    ) ?? 0
  if (total < WORTH_SLICING) return null
  const ended = reader.value<number>(EXPIRED(inScope.text), { ...inScope.params, now: moment.now }) ?? 0
  return { total: total - ended, ids: personIds(reader, query, moment, limit) }
}
