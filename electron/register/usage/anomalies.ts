import { type Cost, inWholeMicros } from '../../../shared/domain/usage/cost.ts'
import { USAGE_ROLLUPS } from '../../../shared/domain/usage/rollups.ts'
import type { UsageSource } from '../../../shared/domain/usage/source.ts'
import { CLIENT_REF, getClientRef, type ClientRefColumns } from '../clients/client.ts'
import type { Reader } from '../db/handles.ts'
import type { Scope } from '../db/scope.ts'
import { usageOwners } from './by.ts'

/** Daily use of a key (across its rotations) or a project, in order, by one source. */
export interface UseSeries {
  readonly of: 'key' | 'project'
  /** A stable id across days: of the logical key, else of the word. */
  readonly id: string
  readonly name: string
  /** The key that was used last, or the project. */
  readonly ref: number | null
  readonly client: ReturnType<typeof getClientRef>
  /** The billed connection; 0 for internal records. */
  readonly connectionId: number
  readonly days: readonly UseDay[]
}

export interface UseDay {
  readonly day: number
  readonly cost: number
  readonly estimate: number
  readonly tokens: number
}

interface Columns extends ClientRefColumns, UseDay {
  readonly series: string
  readonly name: string
  readonly ref: number | null
  readonly connectionId: number
}

const PLANS = {
  project: { face: USAGE_ROLLUPS[0].code, join: '', id: `'n' || w.id`, name: 'ifnull(w.name, w.word)' },
  key: {
    face: USAGE_ROLLUPS[1].code,
    join: 'LEFT JOIN key k ON k.id = w.ref LEFT JOIN logical_key l ON l.id = k.logical_key_id',
    id: `ifnull('l' || l.id, 'n' || w.id)`,
    name: `coalesce(nullif(l.name, ''), w.name, w.word)`,
  },
} as const

/** Which daily use is read: of all keys or all projects in scope, by one source, from a day on. */
export interface UseAsked {
  readonly scope: Scope
  readonly source: UsageSource
  readonly of: UseSeries['of']
  readonly from: number
}

/** The daily use of each key or project. Use without either is left out. One statement. */
export function useSeries(reader: Reader, { scope, source, of, from }: UseAsked): UseSeries[] {
  const owners = usageOwners(scope, source)
  const { face, join, id, name } = PLANS[of]
  const kept = reader.all<Columns & Cost>(
    `WITH owner (client_id, connection_id) AS MATERIALIZED (${owners.text})
     SELECT u.connection_id AS connectionId, ${id} AS series, u.period AS day, sum(u.cost) AS cost, sum(u.cost_nano) AS costNano, sum(u.estimate) AS estimate,
       sum(u.input + u.output) AS tokens, ${name} AS name, max(w.ref) AS ref, ${CLIENT_REF}
     FROM owner o CROSS JOIN usage_cell u ON u.face = :face AND u.client_id = o.client_id AND u.connection_id = o.connection_id
       AND u.period >= :from
     JOIN usage_name w ON w.id = u.a JOIN client c ON c.id = u.client_id ${join} WHERE w.word <> ''
     GROUP BY u.client_id, u.connection_id, series, day ORDER BY u.client_id, u.connection_id, series, day`,
    { face, from, ...owners.params },
  )
  const rows = inWholeMicros(kept)
  return [...Map.groupBy(rows, (row) => `${row['client.slug']} ${row.connectionId} ${row.series}`).values()].flatMap(
    (days): UseSeries[] => {
      const last = days.at(-1)
      if (last === undefined) return []
      return [
        {
          of,
          id: last.series,
          name: last.name,
          ref: last.ref,
          client: getClientRef(last),
          connectionId: last.connectionId,
          days: days.map(({ day, cost, estimate, tokens }) => ({ day, cost, estimate, tokens })),
        },
      ]
    },
  )
}
