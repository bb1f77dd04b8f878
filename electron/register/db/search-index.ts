import { SEARCH_KINDS, type SearchKind } from '../../../shared/contract/files.ts'
import type { Writer } from './handles.ts'

export { SEARCH_KINDS, type SearchKind }

/** What each kind is found by. Texts are joined by line feeds, which a search field cannot contain. */
const TEXT: Readonly<Record<SearchKind, (where: string) => string>> = {
  person: (where) =>
    `SELECT p.id AS id, concat_ws(char(10), p.name, (SELECT group_concat(address, char(10)) FROM person_address a WHERE a.person_id = p.id),
       (SELECT group_concat(DISTINCT v.name) FROM principal n JOIN principal_version v ON v.principal_id = n.id AND v.to_sync IS NULL WHERE n.person_id = p.id)) AS text
     FROM person p WHERE p.id IN (${where})`,
  key: (where) =>
    `SELECT k.id AS id, concat_ws(char(10), k.name, k.external_id, k.hint, k.purpose, k.team, k.owner_name, k.owner_email) AS text
     FROM key_now k WHERE k.id IN (${where})`,
  project: (where) =>
    `SELECT p.id AS id, concat_ws(char(10), p.name, p.external_id) AS text FROM project_now p WHERE p.id IN (${where})`,
  client: (where) =>
    `SELECT c.id AS id, concat_ws(char(10), c.name, c.slug) AS text FROM client c WHERE c.id IN (${where})`,
}

/** Brings the index up to date for the subjects that a query names; removed subjects leave it. */
export function indexForSearch(
  writer: Writer,
  kind: SearchKind,
  idsQuery: string,
  params: Readonly<Record<string, string | number>>,
): void {
  const row = `id * ${SEARCH_KINDS.length} + ${SEARCH_KINDS.indexOf(kind)}`
  writer.run(`DELETE FROM search WHERE rowid IN (SELECT ${row} FROM (SELECT value AS id FROM (${idsQuery})))`, params)
  writer.run(`INSERT INTO search (rowid, text) SELECT ${row}, text FROM (${TEXT[kind](idsQuery)})`, params)
}
