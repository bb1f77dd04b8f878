import { SEARCH_KINDS, type SearchKind } from '../../../shared/contract/files.ts'
import type { Writer } from './handles.ts'
import { idsParam } from './scope.ts'

/** The kinds that have an index, in the order of their codes. Clients are few, and are read one by one. */
export type IndexedKind = Exclude<SearchKind, 'client'>
export const INDEXED_KINDS: readonly IndexedKind[] = SEARCH_KINDS.filter((kind) => kind !== 'client')

export function kindCode(kind: IndexedKind): number {
  return INDEXED_KINDS.indexOf(kind)
}

/** The first entry of a connection, as SQL. */
export function firstEntry(connection: string): string {
  return `(${connection} << 34)`
}

function toEntry(kind: IndexedKind, connection: string, id: string): string {
  return `(${firstEntry(connection)} | (${id} << 2) | ${kindCode(kind)})`
}

/** The ids of the subjects of a kind whose texts contain `:name`, a phrase of the trigram index, as SQL. */
export function matchingIds(kind: IndexedKind, name: string): string {
  return `SELECT (rowid >> 2) & 4294967295 FROM search_${kind} WHERE search_${kind} MATCH :${name}`
}

/** The texts by which each kind is found. They are joined by line feeds, which a search field cannot contain. */
const TEXT: Readonly<Record<IndexedKind, (where: string) => string>> = {
  person: (where) =>
    `SELECT a.connection_id, p.id, p.name, concat_ws(char(10), p.name, (SELECT group_concat(address, char(10)) FROM person_address a WHERE a.person_id = p.id),
       (SELECT group_concat(DISTINCT n.name) FROM account_row n WHERE n.person_id = p.id)) AS text
     FROM (SELECT DISTINCT person_id, connection_id FROM principal WHERE person_id IN (${where})) a CROSS JOIN person p ON p.id = a.person_id`,
  key: (where) =>
    `SELECT k.connection_id, k.id, k.name, concat_ws(char(10), k.name, k.external_id, k.hint, k.purpose, k.team, k.owner_name, k.owner_email) AS text
     FROM key_row k WHERE k.id IN (${where})`,
  project: (where) =>
    `SELECT p.connection_id, p.id, p.name, concat_ws(char(10), p.name, p.external_id) AS text FROM project_row p WHERE p.id IN (${where})`,
}

/** The entries that a kind's subjects have. A person may have one at a connection where the person has no account any more. */
const ENTRIES: Readonly<Record<IndexedKind, (where: string) => string>> = {
  person: (where) => `SELECT id FROM search_name WHERE kind = ${kindCode('person')} AND subject_id IN (${where})`,
  key: (where) => `SELECT ${toEntry('key', 'connection_id', 'id')} FROM key WHERE id IN (${where})`,
  project: (where) => `SELECT ${toEntry('project', 'connection_id', 'id')} FROM project WHERE id IN (${where})`,
}

/** Brings the index up to date for the subjects that a query names; removed subjects leave it. */
export function indexForSearch(
  writer: Writer,
  kind: IndexedKind,
  idsQuery: string,
  params: Readonly<Record<string, string | number>>,
): void {
  writer.run(`DELETE FROM search_${kind} WHERE rowid IN (${ENTRIES[kind](idsQuery)})`, params)
  writer.run(`DELETE FROM search_name WHERE id IN (${ENTRIES[kind](idsQuery)})`, params)
  const row = toEntry(kind, 't.connection_id', 't.id')
  const found = TEXT[kind](idsQuery)
  writer.run(`INSERT INTO search_${kind} (rowid, text) SELECT ${row}, t.text FROM (${found}) t`, params)
  writer.run(
    `INSERT INTO search_name (id, kind, connection_id, name, subject_id)
     SELECT ${row}, ${kindCode(kind)}, t.connection_id, fold_name(t.name), t.id FROM (${found}) t`,
    params,
  )
}

/** Brings the index up to date for people. */
export function indexPeople(writer: Writer, ids: readonly number[]): void {
  indexForSearch(writer, 'person', 'SELECT value FROM json_each(:ids)', { ids: idsParam(ids) })
}

export function indexAllForSearch(writer: Writer): void {
  for (const kind of INDEXED_KINDS) indexForSearch(writer, kind, `SELECT id AS value FROM ${kind}`, {})
}
