import type { Outputs } from '../../shared/contract/contract.ts'
import type { Reader } from './handles.ts'
import { connectionsInScope, ftsPhrase, likeParam, type Scope } from './scope.ts'
import { SEARCH_KINDS } from './search-index.ts'

export type Hit = Outputs['search']['find'][number]

interface HitColumns {
  readonly kind: Hit['kind']
  readonly id: number
  readonly slug: string | null
  readonly title: string
  readonly detail: string | null
  readonly client_slug: string | null
  readonly client_name: string | null
  readonly client_colour: string | null
}

const code = (kind: (typeof SEARCH_KINDS)[number]): number => SEARCH_KINDS.indexOf(kind)

/**
 * What is found, by the trigram index for three characters or more. Candidates are taken best first and then narrowed
 * to the scope, so a client's scope can never show another client's row.
 */
export function find(reader: Reader, scope: Scope, query: string, limit: number): Hit[] {
  const text = query.trim()
  if (text === '') return []
  const inScope = connectionsInScope(scope)
  const phrase = ftsPhrase(text)
  const found = (kind: (typeof SEARCH_KINDS)[number], like: string): string =>
    phrase === null
      ? like
      : `x.id IN (SELECT rowid / ${SEARCH_KINDS.length} FROM search WHERE search MATCH :phrase AND rowid % ${SEARCH_KINDS.length} = ${code(kind)})`
  const params = { ...inScope.params, limit, ...(phrase === null ? { like: likeParam(text) } : { phrase }) }
  const rows = reader.all<HitColumns>(
    `SELECT * FROM (SELECT 'client' AS kind, x.id, x.slug, x.name AS title, x.kind AS detail, x.slug AS client_slug, x.name AS client_name, x.colour AS client_colour
       FROM client x WHERE x.archived_at IS NULL AND ${scope.client === undefined ? 'true' : 'x.slug = :scope_client'} AND ${found('client', `x.name LIKE :like ESCAPE '\\'`)} LIMIT :limit)
     UNION ALL SELECT * FROM (SELECT 'person', x.id, NULL, x.name, x.email, NULL, NULL, NULL FROM person x
       WHERE ${found('person', `(x.name LIKE :like ESCAPE '\\' OR x.email LIKE :like ESCAPE '\\')`)}
         AND EXISTS (SELECT 1 FROM principal p WHERE p.person_id = x.id AND +p.connection_id IN (${inScope.text})) LIMIT :limit)
     UNION ALL SELECT * FROM (SELECT 'key', x.id, NULL, v.name, ifnull(v.hint, x.external_id), c.slug, c.name, c.colour FROM key x
       JOIN key_version v ON v.key_id = x.id AND v.to_sync IS NULL
       JOIN connection cn ON cn.id = x.connection_id JOIN client c ON c.id = cn.client_id
       WHERE ${found('key', `v.name LIKE :like ESCAPE '\\'`)} AND +x.connection_id IN (${inScope.text}) LIMIT :limit)
     UNION ALL SELECT * FROM (SELECT 'project', x.id, NULL, x.name, x.external_id, c.slug, c.name, c.colour FROM project_now x
       JOIN connection cn ON cn.id = x.connection_id JOIN client c ON c.id = cn.client_id
       WHERE ${found('project', `x.name LIKE :like ESCAPE '\\'`)} AND +x.connection_id IN (${inScope.text}) LIMIT :limit)`,
    params,
  )
  return rows
    .toSorted((a, b) => rank(a.title, text) - rank(b.title, text))
    .slice(0, limit)
    .map(hitOf)
}

/** 0 for the text itself, 1 where it begins with it, 2 elsewhere; the order of kinds settles the rest. */
function rank(title: string, text: string): number {
  const a = title.toLowerCase()
  const b = text.toLowerCase()
  if (a === b) return 0
  return a.startsWith(b) ? 1 : 2
}

function hitOf(row: HitColumns): Hit {
  return {
    kind: row.kind,
    id: row.id,
    slug: row.slug,
    title: row.title,
    detail: row.detail ?? '',
    client:
      row.client_slug === null
        ? null
        : { slug: row.client_slug, name: row.client_name ?? '', colour: row.client_colour ?? '' },
  }
}
