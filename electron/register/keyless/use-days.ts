import { DAY_MS } from '../../../shared/domain/day.ts'
import { USAGE_ROLLUPS } from '../../../shared/domain/usage/rollups.ts'
import type { Reader } from '../db/handles.ts'
import { idsParam } from '../db/scope.ts'

/** Days that are looked back. */
const DAYS = 28

interface UseDays {
  readonly used: number
  readonly weekend: number
}

const BY_DAY = USAGE_ROLLUPS.find(({ period, by }) => period === 'day' && by.length === 1 && by[0] === 'key')

/** Whose days are read: of all keys of some connections, or of some keys, for which a cell is looked up for each day. */
type DaysQuestion = { readonly connections: readonly number[] } | { readonly keys: readonly number[] }

/** On how many of the last 28 days, and on how many of their weekends, each key was used. */
export function readUseDays(reader: Reader, asked: DaysQuestion, now: number): ReadonlyMap<number, UseDays> {
  const to = Math.floor(now / DAY_MS)
  const isWhole = 'connections' in asked
  const from = isWhole
    ? `json_each(:asked) j CROSS JOIN connection cn ON cn.id = j.value
       CROSS JOIN usage_cell u ON u.face = :face AND u.client_id = cn.client_id AND u.connection_id = cn.id
         AND u.period >= :from AND u.period < :to
       CROSS JOIN usage_name n ON n.id = u.a AND n.ref IS NOT NULL`
    : `json_each(:asked) j CROSS JOIN key k ON k.id = j.value CROSS JOIN connection cn ON cn.id = k.connection_id
       CROSS JOIN usage_name n ON n.client_id = cn.client_id AND n.dimension = 'key' AND n.word = k.external_id AND n.ref = k.id
       CROSS JOIN json_each(:days) d
       CROSS JOIN usage_cell u ON u.face = :face AND u.client_id = cn.client_id AND u.connection_id = cn.id
         AND u.period = d.value AND u.a = n.id`
  const rows = reader.all<UseDays & { readonly id: number }>(
    // 1 January 1970, day 0, was a Thursday.
    `SELECT n.ref AS id, count(DISTINCT u.period) AS used,
       count(DISTINCT iif((u.period + 4) % 7 IN (0, 6), u.period, NULL)) AS weekend
     FROM ${from} WHERE u.requests > 0 OR u.input > 0 OR u.output > 0 GROUP BY n.ref`,
    {
      face: BY_DAY?.code ?? 0,
      ...(isWhole
        ? { asked: idsParam(asked.connections), from: to - DAYS, to }
        : { asked: idsParam(asked.keys), days: JSON.stringify(Array.from({ length: DAYS }, (_, n) => to - 1 - n)) }),
    },
  )
  return new Map(rows.map(({ id, used, weekend }) => [id, { used, weekend }]))
}
