import type { Reader } from '../db/handles.ts'
import { type FirstSlice, isPlain, WORTH_SLICING } from '../db/first-slice.ts'
import { connectionsInScope } from '../db/scope.ts'
import { OPENS } from '../facts/key-state.ts'
import type { KeyQuery } from './keys.ts'

/**
 * The first ids of all keys in scope by due day, as `keyIds` orders them, from the beginning of the index of due days;
 * their number is the one that the syncs keep. Null where the whole list has to be read for them.
 */
export function firstKeys(reader: Reader, query: KeyQuery, limit: number, now: number): FirstSlice | null {
  if (!isPlain(query, 'due')) return null
  const inScope = connectionsInScope(query)
  const total =
    reader.value<number>(
      `SELECT sum(t.keys) FROM connection_tally t WHERE t.connection_id IN (${inScope.text})`,
      inScope.params,
    ) ?? 0
  if (total < WORTH_SLICING) return null
  const { direction } = query.sort
  const ids = reader.column<number>(
    `SELECT k.id FROM key k INDEXED BY key_due
     WHERE k.standing = 1 AND k.connection_id IN (${inScope.text}) AND k.due_on IS NOT NULL AND ${OPENS}
     ORDER BY k.due_on ${direction}, k.connection_id ${direction}, k.id ${direction} LIMIT :limit`,
    { ...inScope.params, now, limit },
  )
  return ids.length < limit ? null : { total, ids }
}
