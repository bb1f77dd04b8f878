import { DAY_MS } from '../../../shared/domain/day.ts'
import type { Reader } from '../db/handles.ts'
import { idsParam } from '../db/scope.ts'

/** Days that are looked back. */
const DAYS = 28

interface UseDays {
  readonly used: number
  readonly weekend: number
}

/** On how many of the last 28 days, and on how many of their weekends, each key of some connections was used. */
export function readUseDays(reader: Reader, connections: readonly number[], now: number): ReadonlyMap<number, UseDays> {
  const to = Math.floor(now / DAY_MS)
  const rows = reader.all<UseDays & { readonly id: number }>(
    // 1 January 1970, day 0, was a Thursday.
    `SELECT n.ref AS id, count(DISTINCT f.day) AS used, count(DISTINCT iif((f.day + 4) % 7 IN (0, 6), f.day, NULL)) AS weekend
     FROM json_each(:connections) j CROSS JOIN usage_fact f ON f.connection_id = j.value AND f.day >= :from AND f.day < :to
     CROSS JOIN usage_name n ON n.id = f.key AND n.ref IS NOT NULL
     WHERE f.requests > 0 OR f.input > 0 OR f.output > 0 GROUP BY n.ref`,
    { connections: idsParam(connections), from: to - DAYS, to },
  )
  return new Map(rows.map(({ id, used, weekend }) => [id, { used, weekend }]))
}
