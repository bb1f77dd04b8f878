import { type CertificateFilter, type CertificateRow, certificateRow } from '../../../shared/nouns/federation.ts'
import { DAY_MS } from '../../../shared/domain/day.ts'
import { CLIENT_REF } from '../clients/client.ts'
import { policyLookup } from '../clients/policy.ts'
import { CONNECTION_REF } from '../connections/connection.ts'
import type { Reader } from '../db/handles.ts'
import { readRows } from '../db/rows.ts'
import { connectionsInScope, idsParam, likeParam, listAll, when } from '../db/scope.ts'
import { PROJECT_REF } from '../facts/project-ref.ts'

export interface CertificateQuery extends CertificateFilter {
  readonly sort: { readonly by: string; readonly direction: 'asc' | 'desc' }
}

const NAME = "ifnull(nullif(f.name, ''), f.external_id) COLLATE NOCASE"

const ORDER: Readonly<Record<string, (direction: string) => string>> = {
  expires: (d) => `f.expires_at IS NULL, f.expires_at ${d}, ${NAME}, pr.name COLLATE NOCASE`,
  client: (d) => `c.name COLLATE NOCASE ${d}, cn.id, f.expires_at, ${NAME}, pr.name COLLATE NOCASE`,
  name: (d) => `${NAME} ${d}, pr.name COLLATE NOCASE`,
}

const JOINS = `JOIN connection cn ON cn.id = f.connection_id JOIN client c ON c.id = cn.client_id
  LEFT JOIN project_ref pr ON pr.id = f.project_id`

/** Ids of the current certificates that match a filter, in order. */
export function certificateIds(reader: Reader, query: CertificateQuery): number[] {
  const inScope = connectionsInScope(query)
  const where = listAll([
    { text: `f.to_sync IS NULL AND f.connection_id IN (${inScope.text})`, params: inScope.params },
    when(query.connection, (connection) => ({ text: 'f.connection_id = :connection', params: { connection } })),
    when(query.active, (active) => ({ text: 'f.active = :active', params: { active: Number(active) } })),
    when(query.search?.trim() || undefined, (text) => ({
      text: ['f.name', 'f.external_id', 'pr.name'].map((column) => `${column} LIKE :like ESCAPE '\\'`).join(' OR '),
      params: { like: likeParam(text) },
    })),
  ])
  const order = (ORDER[query.sort.by] ?? ORDER['expires'])?.(query.sort.direction) ?? 'f.id'
  return reader.column<number>(
    `SELECT f.id FROM certificate_version f ${JOINS} WHERE ${where.text} ORDER BY ${order}, f.id`,
    where.params,
  )
}

/** Rows for ids, in the order given; `now` in milliseconds since the epoch decides which of them end soon. */
export function certificateRows(reader: Reader, ids: readonly number[], now: number): CertificateRow[] {
  return readRows(
    reader,
    certificateRow,
    `SELECT f.id AS certificateId, ${CLIENT_REF}, ${CONNECTION_REF}, ${PROJECT_REF}, f.external_id AS externalId, f.name, f.active,
       f.valid_at AS validAt, f.expires_at AS expiresAt, f.created_at AS createdAt,
       f.active = 1 AND ifnull(f.expires_at <= :now + json_extract(:notice, '$.' || c.id), 0) AS isNearEnd
     FROM json_each(:ids) j CROSS JOIN certificate_version f ON f.id = j.value ${JOINS} ORDER BY j.key`,
    { ids: idsParam(ids), now, notice: noticeJson(reader, ids) },
  )
}

/** The current version of the certificate that a version belongs to; none where the provider no longer lists it there. */
export function currentCertificate(reader: Reader, certificateId: number): number[] {
  return reader.column<number>(
    `SELECT f.id FROM certificate_version v JOIN certificate_version f ON f.connection_id = v.connection_id
       AND f.external_id = v.external_id AND f.project_id IS v.project_id AND f.to_sync IS NULL WHERE v.id = ?`,
    [certificateId],
  )
}

/** For each client of these certificates, by its id, how long before an end the policy gives notice, in milliseconds, as JSON. */
function noticeJson(reader: Reader, ids: readonly number[]): string {
  const getPolicy = policyLookup(reader)
  const clients = reader.column<number>(
    `SELECT DISTINCT cn.client_id FROM json_each(?) j CROSS JOIN certificate_version f ON f.id = j.value
     JOIN connection cn ON cn.id = f.connection_id`,
    [idsParam(ids)],
  )
  return JSON.stringify(Object.fromEntries(clients.map((id) => [id, getPolicy(id).expiryNoticeDays * DAY_MS])))
}
