import type { Reader } from '../db/handles.ts'
import { type FirstSlice, isPlain, WORTH_SLICING } from '../db/first-slice.ts'
import { connectionsInScope } from '../db/scope.ts'
import { accessIds, type AccessQuery } from './access.ts'

/**
 * The first ids of all access in scope by client, as `accessIds` orders them: connection after connection in their
 * order, until there are enough. Null where the whole list has to be read for them.
 */
export function firstAccess(reader: Reader, query: AccessQuery, limit: number): FirstSlice | null {
  if (!isPlain(query, 'client')) return null
  const inScope = connectionsInScope(query)
  const connections = reader.all<{ readonly id: number; readonly count: number }>(
    `SELECT cn.id, (SELECT count(*) FROM effective_access e INDEXED BY effective_access_of_connection WHERE e.connection_id = cn.id) AS count
     FROM connection cn JOIN client c ON c.id = cn.client_id WHERE cn.id IN (${inScope.text})
     ORDER BY c.name COLLATE NOCASE ${query.sort.direction}, cn.id`,
    inScope.params,
  )
  const total = connections.reduce((sum, { count }) => sum + count, 0)
  if (total < WORTH_SLICING) return null
  const first: number[] = []
  let sorted = 0
  for (const { id, count } of connections) {
    if (first.length >= limit) break
    sorted += count
    // Most of the list would be sorted now, and again for the next slice.
    if (sorted > total / 2) return null
    first.push(...accessIds(reader, { ...query, connection: id }))
  }
  return { total, ids: first.slice(0, limit) }
}
