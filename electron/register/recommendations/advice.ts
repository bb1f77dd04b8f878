import { ADVICE_DAYS, ADVICE_KINDS } from '../../../shared/domain/recommendations/recommendation.ts'
import { DAY_MS, type Moment } from '../../../shared/domain/day.ts'
import type { Reader } from '../db/handles.ts'
import { type UseQuery, useFacts } from './facts.ts'
import { ADVICE_SQL, SILENT } from './kinds.ts'

/** A recommendation, as far as a list is filtered by it; `toRef` reads its id. */
interface RecommendationRef {
  readonly id: number
  readonly principal: number
  /** Null for the organization. */
  readonly project: number | null
}

/** All recommendations about some people or accounts, and how many people of each connection have no reported use. */
export interface Advice {
  readonly all: readonly RecommendationRef[]
  readonly silent: readonly { readonly connection: number; readonly people: number }[]
}

export function computeCutoff(now: number): number {
  return now - ADVICE_DAYS * DAY_MS
}

/** Everything that follows from recorded use, which is read once for it: one statement. */
export function readAdvice(reader: Reader, query: UseQuery, { now }: Pick<Moment, 'now'>): Advice {
  const facts = useFacts(query)
  const kinds = ADVICE_KINDS.map(
    (kind, n) =>
      `SELECT subject * 32 + ${n * 4} + sure, principal_id, project_id, NULL FROM (${named(ADVICE_SQL[kind])})`,
  )
  const rows = reader.all<Columns>(
    `WITH ${facts.text} SELECT NULL AS id, NULL AS principal, NULL AS place, NULL AS people WHERE 0 UNION ALL ${kinds.join(' UNION ALL ')}
     UNION ALL SELECT NULL, NULL, o.connection_id, count(*) FROM holder o WHERE ${SILENT} GROUP BY o.connection_id`,
    { ...facts.params, now, cutoff: computeCutoff(now) },
  )
  return {
    all: rows.flatMap((row) => (row.id === null ? [] : { id: row.id, principal: row.principal, project: row.place })),
    silent: rows.flatMap((row) => (row.id === null ? { connection: row.place, people: row.people } : [])),
  }
}

type Columns =
  | { readonly id: number; readonly principal: number; readonly place: number | null }
  | { readonly id: null; readonly place: number; readonly people: number }

/** The four columns by name, whatever the statement calls them. */
function named(sql: string): string {
  return `SELECT NULL AS subject, NULL AS sure, NULL AS principal_id, NULL AS project_id WHERE 0 UNION ALL ${sql}`
}
