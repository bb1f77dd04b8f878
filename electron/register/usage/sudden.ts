import { USAGE_FACES } from '../../../shared/domain/usage/faces.ts'
import { CLIENT_REF, clientRefOf, type ClientRefColumns } from '../client.ts'
import type { Reader } from '../handles.ts'
import type { Scope } from '../scope.ts'
import { usageOwners } from './by.ts'

/** What a key or a project used on each day, in order, by one source. */
export interface UseSeries {
  readonly of: 'key' | 'project'
  /** The number of its word. */
  readonly wordId: number
  readonly name: string
  readonly ref: number | null
  readonly client: ReturnType<typeof clientRefOf>
  readonly source: 'billed' | 'claimed'
  readonly days: readonly UseDay[]
}

export interface UseDay {
  readonly day: number
  readonly cost: number
  readonly estimate: number
  readonly tokens: number
}

interface Columns extends ClientRefColumns, UseDay {
  readonly n: number
  readonly name: string
  readonly ref: number | null
  readonly claimed: number
}

const FACES = { project: USAGE_FACES[0].code, key: USAGE_FACES[1].code } as const

/** The daily use of all keys or all projects in scope from a day on. What names neither is left out. One statement. */
export function useSeries(reader: Reader, scope: Scope, of: UseSeries['of'], from: number): UseSeries[] {
  const owners = usageOwners(scope, undefined)
  const rows = reader.all<Columns>(
    `WITH owner (client_id, connection_id) AS MATERIALIZED (${owners.text}),
       s AS (SELECT u.client_id, u.connection_id = 0 AS claimed, u.a AS n, u.period AS day, sum(u.cost) AS cost, sum(u.estimate) AS estimate,
           sum(u.input + u.output) AS tokens
         FROM owner o CROSS JOIN usage_cell u ON u.face = :face AND u.client_id = o.client_id AND u.connection_id = o.connection_id
           AND u.period >= :from
         GROUP BY u.client_id, claimed, n, day)
     SELECT s.n, s.claimed, s.day, s.cost, s.estimate, s.tokens, ifnull(w.name, w.word) AS name, w.ref, ${CLIENT_REF}
     FROM s JOIN usage_name w ON w.id = s.n JOIN client c ON c.id = s.client_id WHERE w.word <> ''
     ORDER BY s.client_id, s.claimed, s.n, s.day`,
    { face: FACES[of], from, ...owners.params },
  )
  return [...Map.groupBy(rows, ({ n, claimed }) => n * 2 + claimed).values()].flatMap((days) => {
    const [first] = days
    if (first === undefined) return []
    return [
      {
        of,
        wordId: first.n,
        name: first.name,
        ref: first.ref,
        client: clientRefOf(first),
        source: first.claimed === 1 ? ('claimed' as const) : ('billed' as const),
        days: days.map(({ day, cost, estimate, tokens }) => ({ day, cost, estimate, tokens })),
      },
    ]
  })
}
