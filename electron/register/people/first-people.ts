import type { Day } from '../../../shared/domain/day.ts'
import { type FirstSlice, isPlain, WORTH_SLICING } from '../db/first-slice.ts'
import type { Reader } from '../db/handles.ts'
import { connectionsInScope } from '../db/scope.ts'
import { type PeopleQuery, personIds } from './people.ts'

/**
 * The first ids of all people in scope by name, as `personIds` orders them, from the beginning of the index of names.
 * Null where the whole list has to be read for them.
 */
export function firstPeople(reader: Reader, query: PeopleQuery, limit: number, today: Day): FirstSlice | null {
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
  return total < WORTH_SLICING ? null : { total, ids: personIds(reader, query, today, limit) }
}
