import { dayNumber, USAGE_ROLLUPS } from '../../../shared/domain/usage/rollups.ts'
import type { Reader } from '../db/handles.ts'
import { idsParam } from '../db/scope.ts'

const COST_DAYS = 30

const BY_DAY = USAGE_ROLLUPS.find(({ period, by }) => period === 'day' && by.length === 1 && by[0] === 'key')

/**
 * The spend of keys in the last 30 days (UTC, including today), in micro-USD: as billed by the provider, or estimated
 * from a price table where the provider does not bill by key. Keys without records are left out. One statement that
 * looks up one cell for each key and day.
 */
export function keyCosts(reader: Reader, keyIds: readonly number[], now: number): ReadonlyMap<number, number> {
  const today = dayNumber(now)
  const days = Array.from({ length: COST_DAYS }, (_, n) => today - n)
  const rows = reader.all<{ readonly id: number; readonly cost: number }>(
    `SELECT k.id, iif(sum(u.cost) <> 0 OR sum(u.cost_nano) <> 0, sum(u.cost) + (sum(u.cost_nano) + 500) / 1000, sum(u.estimate)) AS cost
     FROM json_each(:keys) j CROSS JOIN key k ON k.id = j.value CROSS JOIN connection cn ON cn.id = k.connection_id
     CROSS JOIN usage_name n ON n.client_id = cn.client_id AND n.dimension = 'key' AND n.word = k.external_id
     CROSS JOIN json_each(:days) d
     CROSS JOIN usage_cell u ON u.face = :face AND u.client_id = cn.client_id AND u.connection_id = k.connection_id
       AND u.period = d.value AND u.a = n.id
     GROUP BY k.id`,
    { keys: idsParam(keyIds), days: JSON.stringify(days), face: BY_DAY?.code ?? 0 },
  )
  return new Map(rows.map(({ id, cost }) => [id, cost]))
}
