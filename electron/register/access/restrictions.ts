import { z } from 'zod'

import { type RestrictionFilter, type RestrictionRow, restrictionRow } from '../../../shared/contract/access.ts'
import { CLIENT_REF } from '../clients/client.ts'
import { CONNECTION_REF } from '../connections/connection.ts'
import type { Reader } from '../db/handles.ts'
import { readRows } from '../db/rows.ts'
import { connectionsInScope, idsParam, listAll, when } from '../db/scope.ts'
import { PROJECT_REF } from '../facts/project-ref.ts'

const JOINS = `JOIN connection cn ON cn.id = f.connection_id JOIN client c ON c.id = cn.client_id
  LEFT JOIN project_ref pr ON pr.id = f.project_id`

const HOLDS = (list: string, id: string): string => `EXISTS (SELECT 1 FROM json_each(${list}) j WHERE j.value = ${id})`

/** A key is narrowed by name, through its user, or by everything where it is. */
const OF_KEY = `EXISTS (SELECT 1 FROM key_row k
  WHERE k.id = :key AND k.connection_id = f.connection_id AND (${HOLDS('f.keys', 'k.external_id')}
    OR ${HOLDS('f.members', 'k.owner_external_id')}
    OR (f.keys IS NULL AND f.members IS NULL AND (f.project_id IS NULL OR f.project_id = k.project_id))))`

const OF_PERSON = `EXISTS (SELECT 1 FROM principal p WHERE p.person_id = :person AND p.connection_id = f.connection_id
  AND ${HOLDS('f.members', 'p.external_id')})`

/** Ids of the current restrictions that match a filter, by client and name. */
export function restrictionIds(reader: Reader, query: RestrictionFilter): number[] {
  const inScope = connectionsInScope(query)
  const where = listAll([
    { text: `f.to_sync IS NULL AND f.connection_id IN (${inScope.text})`, params: inScope.params },
    when(query.connection, (connection) => ({ text: 'f.connection_id = :connection', params: { connection } })),
    when(query.project, (project) => ({ text: 'f.project_id = :project', params: { project } })),
    when(query.key, (key) => ({ text: OF_KEY, params: { key } })),
    when(query.person, (person) => ({ text: OF_PERSON, params: { person } })),
  ])
  return reader.column<number>(
    `SELECT f.id FROM restriction_version f ${JOINS} WHERE ${where.text}
     ORDER BY c.name COLLATE NOCASE, cn.id, f.kind, ifnull(f.name, f.external_id) COLLATE NOCASE, f.id`,
    where.params,
  )
}

const stored = restrictionRow.omit({ terms: true }).extend({ terms: z.string() })
const words = z.array(z.string())

/** Rows for ids, in the order given. */
export function restrictionRows(reader: Reader, ids: readonly number[]): RestrictionRow[] {
  return readRows(
    reader,
    stored,
    `SELECT f.id AS restrictionId, ${CLIENT_REF}, ${CONNECTION_REF}, ${PROJECT_REF}, f.external_id AS externalId, f.kind, f.name,
       f.terms, json_array_length(f.keys) AS keys, json_array_length(f.members) AS members
     FROM json_each(?) j CROSS JOIN restriction_version f ON f.id = j.value ${JOINS} ORDER BY j.key`,
    [idsParam(ids)],
  ).map((row) => ({ ...row, terms: words.parse(JSON.parse(row.terms)) }))
}
