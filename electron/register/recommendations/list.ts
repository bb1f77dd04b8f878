import {
  ADVICE_KINDS,
  type RecommendationKind,
  SURENESS,
  type Sureness,
} from '../../../shared/domain/recommendations/recommendation.ts'
import type { Reader } from '../db/handles.ts'
import { listAll, likeParam, when } from '../db/scope.ts'
import { type Advice, readAdvice } from './advice.ts'
import { WHO } from '../access/access.ts'
import { EFFECTIVE_GRANTS } from '../facts/grant-now.ts'

export interface AdviceFilter {
  readonly kind?: RecommendationKind | undefined
  readonly sure?: Sureness | undefined
  readonly project?: number | undefined
  readonly search?: string | undefined
  readonly sort: { readonly by: string; readonly direction: 'asc' | 'desc' }
}

/** The subject of an id of the list, since lists hold only numbers. */
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
  const subject = kind === undefined ? Number.NaN : Number(rowKey.slice(kind.length + 1))
  if (kind === undefined || !Number.isSafeInteger(subject)) return null
  // Only the use of its own account is read.
  const found = findAccounts(reader, kind, subject, now).flatMap(
    (principal) => readAdvice(reader, { principal }, { now }).all,
  )
  return found.find(({ id }) => getKey(toRef(id)) === rowKey)?.id ?? null
}

function findAccounts(reader: Reader, kind: RecommendationKind, subject: number, now: number): readonly number[] {
  if (kind === 'member-unused' || kind === 'account-unused') return [subject]
  return reader.column<number>(
    kind === 'key-beside-rule'
      ? `SELECT o.id FROM key_row k
         CROSS JOIN principal o ON o.connection_id = k.connection_id AND o.external_id = k.owner_external_id WHERE k.id = :subject`
      : `SELECT e.principal_id FROM ${EFFECTIVE_GRANTS} e WHERE e.id = :subject`,
    { subject, now },
  )
}

const ORDER: Readonly<Record<string, (direction: string) => string>> = {
  sure: (d) => `t.sure ${d}, c.name COLLATE NOCASE, t.kind, ${WHO}`,
  client: (d) => `c.name COLLATE NOCASE ${d}, t.sure, ${WHO}`,
  who: (d) => `${WHO} ${d}, t.sure`,
}

/** The ids of the recommendations that match a filter, in order; `toRef` reads one. One statement. */
export function orderAdvice(reader: Reader, { all }: Pick<Advice, 'all'>, query: AdviceFilter): number[] {
  const asked = all.flatMap(({ id, principal, project }) => {
    const { kind, sure } = toRef(id)
    const isAsked =
      (query.kind === undefined || query.kind === kind) &&
      (query.sure === undefined || query.sure === sure) &&
      (query.project === undefined || query.project === project)
    return isAsked ? [[id, principal]] : []
  })
  const where = listAll([
    when(query.search?.trim() || undefined, (text) => ({
      text: `(p.name LIKE :like ESCAPE '\\' OR p.email LIKE :like ESCAPE '\\')`,
      params: { like: likeParam(text) },
    })),
  ])
  const order = (ORDER[query.sort.by] ?? ORDER['sure'])?.(query.sort.direction) ?? 't.sure'
  return reader.column<number>(
    `SELECT t.id FROM (SELECT j.value ->> 0 AS id, j.value ->> 1 AS principal_id, (j.value ->> 0) / 32 AS subject,
       (j.value ->> 0) / 4 % 8 AS kind, (j.value ->> 0) % 4 AS sure FROM json_each(:advice) j) t
     CROSS JOIN account_ref p ON p.id = t.principal_id
     CROSS JOIN connection cn ON cn.id = p.connection_id CROSS JOIN client c ON c.id = cn.client_id
     WHERE ${where.text} ORDER BY ${order}, t.subject, t.kind`,
    { advice: JSON.stringify(asked), ...where.params },
  )
}
