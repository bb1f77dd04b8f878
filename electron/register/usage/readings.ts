import { DAY_MS } from '../../../shared/domain/day.ts'
import type { ReadDays } from '../../../shared/domain/usage/read-days.ts'
import { USAGE_ROLLUPS } from '../../../shared/domain/usage/rollups.ts'
import { CLIENT_REF, getClientRef, type ClientRefColumns } from '../clients/client.ts'
import type { Reader } from '../db/handles.ts'
import type { Scope } from '../db/scope.ts'
import { parseDays } from './reports.ts'

/**
 * How far the costs of a client were read. Days count from 1970-01-01, UTC; each is the first day that was not read
 * completely.
 */
export interface ClientReading {
  readonly clientId: number
  readonly client: ReturnType<typeof getClientRef>
  /** By connection. */
  readonly billed: ReadonlyMap<number, BilledReading>
  /**
   * The period of internal records: to the end of the last reported day, unless they were imported before that day
   * ended.
   */
  readonly internal: number | null
  /** The days from the first to the last reported one of internal records. */
  readonly internalDays: ReadDays
}

/** `read` is null for a connection without a completely read day. */
export interface BilledReading {
  readonly label: string
  readonly read: number | null
  readonly days: ReadDays
}

interface Columns extends ClientRefColumns {
  readonly clientId: number
  readonly connectionId: number | null
  readonly label: string
  readonly read: number | null
  readonly internal: number | null
  readonly days: string | null
  readonly low: number | null
  readonly high: number | null
}

/** For every client in scope, by id. */
export function clientReadings(reader: Reader, scope: Scope): ReadonlyMap<number, ClientReading> {
  const rows = reader.all<Columns>(
    `SELECT c.id AS clientId, ${CLIENT_REF}, cn.id AS connectionId, cn.label, r.unread_from AS read, r.read_days AS days,
       (SELECT min(u.period) FROM usage_cell u WHERE u.face = :face AND u.client_id = c.id AND u.connection_id = 0) AS low,
       (SELECT max(u.period) + 1 FROM usage_cell u WHERE u.face = :face AND u.client_id = c.id AND u.connection_id = 0) AS high,
       min((SELECT max(u.period) + 1 FROM usage_cell u WHERE u.face = :face AND u.client_id = c.id AND u.connection_id = 0),
         (SELECT max(p.counted_at) / ${DAY_MS} FROM usage_part p WHERE p.client_id = c.id)) AS internal
     FROM client c LEFT JOIN connection cn ON cn.client_id = c.id AND cn.removed_at IS NULL
     LEFT JOIN usage_report r ON r.connection_id = cn.id AND r.report = 'cost'
     WHERE ${scope.client === undefined ? 'c.archived_at IS NULL' : 'c.slug = :client'} ORDER BY c.id, cn.id`,
    { face: USAGE_ROLLUPS[0].code, ...(scope.client === undefined ? {} : { client: scope.client }) },
  )
  return new Map(
    [...Map.groupBy(rows, ({ clientId: id }) => id)].flatMap(([clientId, own]) => {
      const [first] = own
      if (first === undefined) return []
      const billed = own.flatMap(({ connectionId: id, label, read, days }) =>
        id === null ? [] : [[id, { label, read, days: parseDays(days) }] as const],
      )
      return [
        [
          clientId,
          {
            clientId,
            client: getClientRef(first),
            billed: new Map(billed),
            internal: first.internal,
            internalDays: first.low === null || first.high === null ? [] : [{ from: first.low, to: first.high }],
          },
        ] as const,
      ]
    }),
  )
}
