import { DAY_MS } from '../../../shared/domain/day.ts'
import {
  ADVICE_DAYS,
  ADVICE_KINDS,
  type RecommendationKind,
  SURENESS,
  type Sureness,
} from '../../../shared/domain/recommendations/recommendation.ts'
import type { Reader } from '../db/handles.ts'
import { listAll, likeParam, type Scope, when } from '../db/scope.ts'
import { useFacts } from './facts.ts'
import { ADVICE_SQL } from './kinds.ts'

export function computeCutoff(now: number): number {
  return now - ADVICE_DAYS * DAY_MS
}

export interface RecommendationQuery extends Scope {
  readonly kind?: RecommendationKind | undefined
  readonly sure?: Sureness | undefined
  readonly person?: number | undefined
  readonly project?: number | undefined
  readonly search?: string | undefined
  readonly sort: { readonly by: string; readonly direction: 'asc' | 'desc' }
}

/** What an id of the list refers to, since lists hold only numbers. */
export interface RecommendationRef {
  /** A principal, a row of effective access, or a key, by the kind. */
  readonly subject: number
  readonly kind: RecommendationKind
  readonly sure: Sureness
}

export function toRef(id: number): RecommendationRef {
  return {
    subject: Math.floor(id / 32),
    kind: ADVICE_KINDS[Math.floor(id / 4) % 8] ?? 'member-unused',
    sure: SURENESS[id % 4] ?? 'low',
  }
}

/** The key of a row in an address: `project-role-12`. */
export function getKey({ kind, subject }: Pick<RecommendationRef, 'kind' | 'subject'>): string {
  return `${kind}-${subject}`
}

/** The id of a current recommendation by its key; null for an unknown key or an outdated recommendation. */
export function idOfKey(reader: Reader, rowKey: string, now: number): number | null {
  const kind = ADVICE_KINDS.find((each) => rowKey.startsWith(`${each}-`))
  if (kind === undefined) return null
  const sort = { by: 'sure', direction: 'asc' } as const
  return recommendationIds(reader, { kind, sort }, now).find((id) => getKey(toRef(id)) === rowKey) ?? null
}

const WHO = `coalesce(nullif(a.name, ''), a.email, p.external_id) COLLATE NOCASE`

const ORDER: Readonly<Record<string, (direction: string) => string>> = {
  sure: (d) => `t.sure ${d}, c.name COLLATE NOCASE, t.kind, ${WHO}`,
  client: (d) => `c.name COLLATE NOCASE ${d}, t.sure, ${WHO}`,
  who: (d) => `${WHO} ${d}, t.sure`,
}

/** The ids of all recommendations that match a filter, in order; `refOf` reads one. One statement. */
export function recommendationIds(reader: Reader, query: RecommendationQuery, now: number): number[] {
  const facts = useFacts(query)
  const kinds = ADVICE_KINDS.filter((kind) => query.kind === undefined || query.kind === kind)
  const where = listAll([
    when(query.sure, (sure) => ({ text: 't.sure = :sure', params: { sure: SURENESS.indexOf(sure) } })),
    when(query.project, (project) => ({ text: 't.project_id = :project', params: { project } })),
    when(query.search?.trim() || undefined, (text) => ({
      text: `(a.name LIKE :like ESCAPE '\\' OR a.email LIKE :like ESCAPE '\\')`,
      params: { like: likeParam(text) },
    })),
  ])
  const all = kinds.map(
    (kind) =>
      `SELECT ${ADVICE_KINDS.indexOf(kind)} AS kind, subject, sure, principal_id, project_id FROM (${named(ADVICE_SQL[kind])})`,
  )
  const order = (ORDER[query.sort.by] ?? ORDER['sure'])?.(query.sort.direction) ?? 't.sure'
  return reader.column<number>(
    `WITH ${facts.text} SELECT t.subject * 32 + t.kind * 4 + t.sure FROM (${all.join(' UNION ALL ')}) t
     CROSS JOIN principal p ON p.id = t.principal_id
     LEFT JOIN principal_version a ON a.principal_id = p.id AND a.to_sync IS NULL
     CROSS JOIN connection cn ON cn.id = p.connection_id CROSS JOIN client c ON c.id = cn.client_id
     WHERE ${where.text} ORDER BY ${order}, t.subject`,
    { ...facts.params, ...where.params, now, cutoff: computeCutoff(now) },
  )
}

/** The four columns by name, whatever the statement calls them. */
function named(sql: string): string {
  return `SELECT NULL AS subject, NULL AS sure, NULL AS principal_id, NULL AS project_id WHERE 0 UNION ALL ${sql}`
}
