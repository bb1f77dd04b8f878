import type { Json } from '../../../shared/domain/canonical-json.ts'
import type { Reader } from '../db/handles.ts'

/**
 * What a review froze, as lines of JSON: the policy, each source, each item in its order. They have no number of a
 * register, so that every register writes the same lines, and what a review froze has one hash.
 */
export interface SourceLine {
  /** The uid of the connection, and of the last sync of it; null if it was never read. */
  readonly connection: string
  readonly sync: string | null
  readonly source: string
  readonly project: string
  readonly label: string
  readonly provider: string
  readonly organizationId: string | null
  readonly readAt: number | null
  readonly origin: string | null
  readonly state: string
  readonly expected: number | null
  readonly fetched: number
  readonly excluded: readonly string[]
}

/** `principal`, `key` and `project` are the provider's ids. */
export interface ItemLine {
  readonly position: number
  readonly connection: string
  readonly principal: string | null
  readonly key: string | null
  readonly project: string | null
  readonly name: string
  readonly holderName: string | null
  readonly holderEmail: string | null
  readonly projectName: string | null
  readonly lastUsedAt: number | null
  readonly flagged: boolean
}

export type FrozenLine =
  | { readonly policy: Json }
  | { readonly source: SourceLine }
  | { readonly item: ItemLine & { readonly facts: Json } }

export function policyLine(policy: string): string {
  return `{"policy":${policy}}`
}

/** In an order that does not depend on how a database sorts. */
export function sourceLines(sources: readonly SourceLine[]): readonly string[] {
  return sources
    .map((line) => {
      const { connection, sync, source, project, label, provider, organizationId } = line
      const { readAt, origin, state, expected, fetched, excluded } = line
      const named = { connection, sync, source, project, label, provider, organizationId }
      return JSON.stringify({ source: { ...named, readAt, origin, state, expected, fetched, excluded } })
    })
    .toSorted()
}

/** `facts` is JSON. */
export function itemLine(line: ItemLine, facts: string): string {
  const { position, connection, principal, key, project, name, holderName, holderEmail, projectName } = line
  const frozen = { position, connection, principal, key, project, name, holderName, holderEmail, projectName }
  const text = JSON.stringify({ ...frozen, lastUsedAt: line.lastUsedAt, flagged: line.flagged })
  return `{"item":${text.slice(0, -1)},"facts":${facts}}}`
}

/** The name of a row by its number; empty, as no name is, for a number that no row has. */
const named = (id: string, name: string): string => `CASE WHEN ${id} IS NOT NULL THEN ifnull(${name}, '') END`

/** The same lines, from what the register holds of a review. */
export function* frozenLines(reader: Reader, reviewId: number): Generator<string> {
  const policy = reader.value<string>('SELECT policy FROM review WHERE id = ?', [reviewId])
  if (policy === undefined) return
  yield policyLine(policy)
  const sources = reader.all<Omit<SourceLine, 'excluded'> & { readonly excluded: string }>(
    `SELECT n.uid AS connection, ifnull(s.sync_uid, ${named('s.sync_id', 'y.uid')}) AS sync, s.source, s.project, s.label, s.provider, s.organization_id AS organizationId,
       s.read_at AS readAt, s.origin, s.state, s.expected, s.fetched, s.excluded
     FROM review_source s JOIN connection n ON n.id = s.connection_id LEFT JOIN sync y ON y.id = s.sync_id
     WHERE s.review_id = ?`,
    [reviewId],
  )
  const left = readLeft(reader, reviewId)
  yield* [
    ...sourceLines(
      sources.map(({ excluded, ...source }) => ({ ...source, excluded: JSON.parse(excluded) as readonly string[] })),
    ),
    ...left.sources,
  ].toSorted()
  for (const { facts, flagged, ...item } of reader.iterate<
    Omit<ItemLine, 'flagged'> & { readonly flagged: number; readonly facts: string }
  >(
    `SELECT i.position, n.uid AS connection, ${named('i.principal_id', 'p.external_id')} AS principal,
       ${named('i.key_id', 'k.external_id')} AS key, ${named('i.project_id', 'x.external_id')} AS project, i.name,
       i.holder_name AS holderName, i.holder_email AS holderEmail, i.project_name AS projectName, i.last_used_at AS lastUsedAt,
       i.flagged, y.facts
     FROM review_item i JOIN connection n ON n.id = i.connection_id
     LEFT JOIN principal p ON p.id = i.principal_id AND p.connection_id = i.connection_id
     LEFT JOIN key k ON k.id = i.key_id AND k.connection_id = i.connection_id
     LEFT JOIN project x ON x.id = i.project_id AND x.connection_id = i.connection_id
     LEFT JOIN review_item_facts y ON y.item_id = i.id
     WHERE i.review_id = ? ORDER BY i.position`,
    [reviewId],
  )) {
    yield* left.before(item.position)
    yield itemLine({ ...item, flagged: flagged === 1 }, facts)
  }
  yield* left.before(Number.POSITIVE_INFINITY)
}

/** The lines about what this register has not read yet: of sources, and of items before a position, each once. */
function readLeft(reader: Reader, reviewId: number) {
  const lines = reader.all<{ readonly position: number | null; readonly line: string }>(
    'SELECT position, line FROM review_left WHERE review_id = ? ORDER BY position',
    [reviewId],
  )
  const items = lines.filter(({ position }) => position !== null)
  let next = 0
  return {
    sources: lines.flatMap(({ position, line }) => (position === null ? [line] : [])),
    before: function* (position: number): Generator<string> {
      for (; next < items.length; next += 1) {
        const item = items[next]
        if (item === undefined || (item.position ?? 0) > position) return
        yield item.line
      }
    },
  }
}
