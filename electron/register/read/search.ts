import { type SearchHit, searchHit } from '../../../shared/contract/files.ts'
import { CLIENT_REF } from '../clients/client.ts'
import type { Reader } from '../db/handles.ts'
import { readRows } from '../db/rows.ts'
import { connectionsInScope, ftsPhrase, likeParam, type Scope } from '../db/scope.ts'
import { SEARCH_KINDS } from '../db/search-index.ts'

const code = (kind: (typeof SEARCH_KINDS)[number]): number => SEARCH_KINDS.indexOf(kind)

/** The number of matches of each kind that are ranked; if more match, the text is too unspecific to rank them. */
const WEIGHED = 2000

/**
 * Search results, best first, by the trigram index for three characters or more. Matches are limited to the scope
 * before they are ranked, so a client's scope can never show another client's row.
 */
export function find(reader: Reader, scope: Scope, query: string, limit: number): SearchHit[] {
  const text = query.trim()
  if (text === '') return []
  const inScope = connectionsInScope(scope)
  const phrase = ftsPhrase(text)
  // Joined from the index outwards, so that a text that a hundred thousand rows have ends at the number that is weighed.
  const found = (table: string, as: string): string =>
    phrase === null
      ? `${table} ${as}`
      : `search s CROSS JOIN ${table} ${as} ON ${as}.id = s.rowid / ${SEARCH_KINDS.length}`
  const matches = (kind: (typeof SEARCH_KINDS)[number], like: string): string =>
    phrase === null ? like : `s.search MATCH :phrase AND s.rowid % ${SEARCH_KINDS.length} = ${code(kind)}`
  const best = (columns: string, from: string): string =>
    `SELECT * FROM (SELECT ${columns} FROM ${from} LIMIT ${WEIGHED})
     ORDER BY title <> :text COLLATE NOCASE, title NOT LIKE :prefix ESCAPE '\\', title COLLATE NOCASE, id LIMIT :limit`
  const parts = [
    best(
      `'client' AS kind, c.id, c.slug, c.name AS title, c.kind AS detail, ${CLIENT_REF}`,
      `${found('client', 'c')} WHERE ${scope.client === undefined ? 'c.archived_at IS NULL' : 'c.slug = :scope_client'}
         AND ${matches('client', `c.name LIKE :like ESCAPE '\\'`)}`,
    ),
    best(
      `'person' AS kind, x.id, NULL AS slug, x.name AS title, ifnull(x.email, '') AS detail, NULL AS "client.slug", NULL AS "client.name", NULL AS "client.colour"`,
      `${found('person', 'x')} WHERE ${matches('person', `(x.name LIKE :like ESCAPE '\\' OR x.email LIKE :like ESCAPE '\\')`)}
         AND EXISTS (SELECT 1 FROM principal p WHERE p.person_id = x.id AND +p.connection_id IN (${inScope.text}))`,
    ),
    best(
      `'key' AS kind, x.id, NULL AS slug, v.name AS title, ifnull(v.hint, x.external_id) AS detail, ${CLIENT_REF}`,
      `${found('key', 'x')} CROSS JOIN key_version v ON v.key_id = x.id AND v.to_sync IS NULL
       CROSS JOIN connection cn ON cn.id = x.connection_id CROSS JOIN client c ON c.id = cn.client_id
       WHERE ${matches('key', `v.name LIKE :like ESCAPE '\\'`)} AND +x.connection_id IN (${inScope.text})`,
    ),
    best(
      `'project' AS kind, x.id, NULL AS slug, x.name AS title, x.external_id AS detail, ${CLIENT_REF}`,
      `${found('project_now', 'x')} CROSS JOIN connection cn ON cn.id = x.connection_id
       CROSS JOIN client c ON c.id = cn.client_id
       WHERE ${matches('project', `x.name LIKE :like ESCAPE '\\'`)} AND +x.connection_id IN (${inScope.text})`,
    ),
  ]
  const rows = readRows(reader, searchHit, parts.map((part) => `SELECT * FROM (${part})`).join(' UNION ALL '), {
    ...inScope.params,
    text,
    prefix: likeParam(text).slice(1),
    limit,
    ...(phrase === null ? { like: likeParam(text) } : { phrase }),
  })
  return rows.toSorted((a, b) => rank(a.title, text) - rank(b.title, text)).slice(0, limit)
}

/** 0 for an exact match, 1 for a prefix, 2 otherwise; ties are in the order of kinds. */
function rank(title: string, text: string): number {
  const a = title.toLowerCase()
  const b = text.toLowerCase()
  if (a === b) return 0
  return a.startsWith(b) ? 1 : 2
}
