import { SEARCH_KINDS, type SearchHit, type SearchKind, searchHit } from '../../../shared/contract/files.ts'
import { compareFolded, foldName, LAST_CHARACTER } from '../../../shared/domain/text/fold-name.ts'
import { CLIENT_REF } from '../clients/client.ts'
import type { Reader } from '../db/handles.ts'
import { readRows } from '../db/rows.ts'
import { connectionsInScope, ftsPhrase, idsParam, type Scope } from '../db/scope.ts'
import { firstEntry, INDEXED_KINDS, type IndexedKind, kindCode } from '../db/search-index.ts'

/** How many of the entries that hold a text elsewhere than at the beginning of their name are read of each kind. */
const MOST_HOLDING = 400

/** How many names of each kind are read for a text that is shorter than the pieces of the index. */
const MOST_READ = 4000

/** A part of the ids of connections, both ends included, without one that is out of scope between them. */
interface Range {
  readonly first: number
  readonly last: number
}

interface NameRow {
  readonly id: number
  /** In lower case. */
  readonly name: string
}

interface Match extends NameRow {
  readonly kind: SearchKind
  /** 0 for a name that is the text, 1 for one that begins with it, 2 for all others. */
  readonly rank: number
}

interface SearchRange {
  readonly connections: readonly number[]
  readonly ranges: readonly Range[]
}

/** The matches, best first. */
export interface SearchResult {
  readonly rows: SearchHit[]
  /** More than these match, or, of a very short text, may match. */
  readonly more: boolean
}

/**
 * Finds a text in a scope: names that are the text, then those that begin with it, whatever their number, then those
 * that have it elsewhere (a part of them, if it is very common); each by name. A kind that has matches gets at least
 * its share of the rows, so that a hundred thousand keys do not hide the one project. A client's scope reads only the
 * entries of its connections.
 */
export function find(reader: Reader, scope: Scope, query: string, limit: number): SearchResult {
  const text = query.trim()
  if (text === '') return { rows: [], more: false }
  const place = readPlace(reader, scope)
  const kinds = [
    findClients(reader, scope, foldName(text)),
    ...INDEXED_KINDS.map((kind) => findOfKind(reader, place, kind, text, limit)),
  ]
  const matches = kinds.map((each) => each.matches.toSorted(compareMatches))
  const chosen = choose(matches, limit)
  const hits = new Map(readHits(reader, scope, chosen).map((hit) => [`${hit.kind} ${hit.id}`, hit]))
  return {
    rows: chosen.flatMap(({ kind, id }) => hits.get(`${kind} ${id}`) ?? []),
    more: kinds.some(({ more }) => more) || matches.flat().length > chosen.length,
  }
}

/** The best of all kinds, each kind with at least its share. */
function choose(matches: readonly (readonly Match[])[], limit: number): Match[] {
  const share = Math.floor(limit / SEARCH_KINDS.length)
  const shared = matches.flatMap((own) => own.slice(0, share))
  const others = matches.flatMap((own) => own.slice(share)).toSorted(compareMatches)
  return [...shared, ...others.slice(0, limit - shared.length)].toSorted(compareMatches)
}

const KIND_ORDER: readonly SearchKind[] = ['client', 'person', 'key', 'project']

function compareMatches(a: Match, b: Match): number {
  return (
    a.rank - b.rank ||
    KIND_ORDER.indexOf(a.kind) - KIND_ORDER.indexOf(b.kind) ||
    compareFolded(a.name, b.name) ||
    a.id - b.id
  )
}

function toMatch(kind: SearchKind, { id, name }: NameRow, folded: string): Match {
  return { kind, id, name, rank: name === folded ? 0 : name.startsWith(folded) ? 1 : 2 }
}

interface Some {
  readonly matches: readonly Match[]
  readonly more: boolean
}

function findClients(reader: Reader, scope: Scope, folded: string): Some {
  const rows = reader.all<{ readonly id: number; readonly name: string; readonly slug: string }>(
    `SELECT c.id, c.name, c.slug FROM client c WHERE ${scope.client === undefined ? 'c.archived_at IS NULL' : 'c.slug = :client'}`,
    scope.client === undefined ? {} : { client: scope.client },
  )
  const matches = rows.flatMap(({ id, name, slug }) => {
    const named = foldName(name)
    return named.includes(folded) || slug.includes(folded) ? [toMatch('client', { id, name: named }, folded)] : []
  })
  return { matches, more: false }
}

/** The connections in scope, and the ranges of ids that have no others. */
function readPlace(reader: Reader, scope: Scope): SearchRange {
  const inScope = connectionsInScope(scope)
  const all = reader.all<{ readonly id: number; readonly inScope: number }>(
    `SELECT cn.id, cn.id IN (${inScope.text}) AS inScope FROM connection cn ORDER BY cn.id`,
    inScope.params,
  )
  const ranges: { first: number; last: number }[] = []
  let open: { first: number; last: number } | null = null
  for (const one of all) {
    if (one.inScope === 0) open = null
    else if (open === null) ranges.push((open = { first: one.id, last: one.id }))
    else open.last = one.id
  }
  return { connections: all.filter((one) => one.inScope === 1).map(({ id }) => id), ranges }
}

function findOfKind(reader: Reader, place: SearchRange, kind: IndexedKind, text: string, limit: number): Some {
  const folded = foldName(text)
  const first = findBeginning(reader, place, kind, folded, limit + 1)
  if (first.length > limit) return { matches: first.map((one) => toMatch(kind, one, folded)), more: true }
  const phrase = ftsPhrase(text)
  const held = phrase === null ? readShort(reader, place, kind, folded) : findHolding(reader, place, kind, phrase)
  const byId = new Map([...first, ...held.found].map((one) => [one.id, one]))
  return { matches: [...byId.values()].map((one) => toMatch(kind, one, folded)), more: held.more }
}

/** The first names that begin with a text, by name: a range of the index at each connection. */
function findBeginning(
  reader: Reader,
  place: SearchRange,
  kind: IndexedKind,
  folded: string,
  limit: number,
): NameRow[] {
  const found = place.connections.flatMap((connection) =>
    reader.all<NameRow>(
      `SELECT n.subject_id AS id, n.name FROM search_name n INDEXED BY search_name_in_order
       WHERE n.kind = :kind AND n.connection_id = :connection AND n.name >= :folded AND n.name < :end
       ORDER BY n.name, n.subject_id LIMIT :limit`,
      { kind: kindCode(kind), connection, folded, end: folded + LAST_CHARACTER, limit },
    ),
  )
  const byId = new Map(found.map((one) => [one.id, one]))
  return [...byId.values()].toSorted((a, b) => compareFolded(a.name, b.name) || a.id - b.id).slice(0, limit)
}

interface NameRows {
  readonly found: readonly NameRow[]
  readonly more: boolean
}

/** Entries whose texts contain a phrase, in the order of the index. */
function findHolding(reader: Reader, place: SearchRange, kind: IndexedKind, phrase: string): NameRows {
  return readRanges(place, MOST_HOLDING, (range, limit) =>
    reader.all<NameRow>(
      `SELECT n.subject_id AS id, n.name FROM search_${kind} s CROSS JOIN search_name n ON n.id = s.rowid
       WHERE s.search_${kind} MATCH :phrase AND s.rowid >= ${firstEntry(':first')} AND s.rowid < ${firstEntry('(:last + 1)')} LIMIT :limit`,
      { phrase, limit, ...range },
    ),
  )
}

/** Names, and addresses of people, that contain a text of one or two characters, among the first entries in scope. */
function readShort(reader: Reader, place: SearchRange, kind: IndexedKind, folded: string): NameRows {
  const address =
    kind === 'person'
      ? '(SELECT p.email FROM person p WHERE p.id = n.subject_id AND instr(lower(p.email), :folded) > 0)'
      : 'NULL'
  const { found, more } = readRanges(place, MOST_READ, (range, limit) =>
    reader.all<NameRow & { readonly holds: number }>(
      `SELECT n.subject_id AS id, n.name, instr(n.name, :folded) > 0 OR ${address} IS NOT NULL AS holds
       FROM search_name n INDEXED BY search_name_in_order
       WHERE n.kind = :kind AND n.connection_id BETWEEN :first AND :last LIMIT :limit`,
      { kind: kindCode(kind), folded, limit, ...range },
    ),
  )
  return { found: found.filter(({ holds }) => holds === 1), more }
}

/** Reads range after range until so many rows are there. */
function readRanges<T>(
  { ranges }: SearchRange,
  most: number,
  read: (range: Range, limit: number) => readonly T[],
): { readonly found: readonly T[]; readonly more: boolean } {
  const found: T[] = []
  for (const range of ranges) {
    found.push(...read(range, most + 1 - found.length))
    if (found.length > most) return { found: found.slice(0, most), more: true }
  }
  return { found, more: false }
}

/** Reads what is shown of the chosen ones. The scope is a condition here too. */
function readHits(reader: Reader, scope: Scope, chosen: readonly Match[]): SearchHit[] {
  const inScope = connectionsInScope(scope)
  const listed = (kind: SearchKind): string => idsParam(chosen.filter((one) => one.kind === kind).map(({ id }) => id))
  return readRows(
    reader,
    searchHit,
    `SELECT 'client' AS kind, c.id, c.slug, c.name AS title, c.kind AS detail, ${CLIENT_REF}
     FROM json_each(:clients) j CROSS JOIN client c ON c.id = j.value
     UNION ALL
     SELECT 'person', x.id, NULL, x.name, ifnull(x.email, ''), NULL, NULL, NULL FROM json_each(:people) j CROSS JOIN person x ON x.id = j.value
     WHERE EXISTS (SELECT 1 FROM principal p WHERE p.person_id = x.id AND +p.connection_id IN (${inScope.text}))
     UNION ALL
     SELECT 'key', x.id, NULL, x.name, ifnull(x.hint, x.external_id), ${CLIENT_REF}
     FROM json_each(:keys) j CROSS JOIN reported_key_row x ON x.id = j.value
     CROSS JOIN connection cn ON cn.id = x.connection_id CROSS JOIN client c ON c.id = cn.client_id
     WHERE x.connection_id IN (${inScope.text})
     UNION ALL
     SELECT 'project', x.id, NULL, x.name, x.external_id, ${CLIENT_REF}
     FROM json_each(:projects) j CROSS JOIN project_row x ON x.id = j.value
     CROSS JOIN connection cn ON cn.id = x.connection_id CROSS JOIN client c ON c.id = cn.client_id
     WHERE x.connection_id IN (${inScope.text})`,
    {
      ...inScope.params,
      clients: listed('client'),
      people: listed('person'),
      keys: listed('key'),
      projects: listed('project'),
    },
  )
}
