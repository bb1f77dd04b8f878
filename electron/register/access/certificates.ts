import { type CertificateRow, certificateRow } from '../../../shared/contract/access.ts'
import { CLIENT_REF } from '../clients/client.ts'
import { CONNECTION_REF } from '../connections/connection.ts'
import type { Reader } from '../db/handles.ts'
import { readRows } from '../db/rows.ts'
import { connectionsInScope, listAll, type Scope, when } from '../db/scope.ts'
import { PROJECT_REF } from '../facts/project-ref.ts'

/** The current certificates of the connections in scope, those that expire first at the top of each connection. */
export function listCertificates(
  reader: Reader,
  query: Scope & { readonly connection?: number | undefined },
): CertificateRow[] {
  const inScope = connectionsInScope(query)
  const where = listAll([
    { text: `f.connection_id IN (${inScope.text})`, params: inScope.params },
    when(query.connection, (connection) => ({ text: 'f.connection_id = :connection', params: { connection } })),
  ])
  return readRows(
    reader,
    certificateRow,
    `SELECT f.id AS certificateId, ${CLIENT_REF}, ${CONNECTION_REF}, ${PROJECT_REF}, f.external_id AS externalId, f.name, f.active,
       f.valid_at AS validAt, f.expires_at AS expiresAt
     FROM certificate_version f JOIN connection cn ON cn.id = f.connection_id JOIN client c ON c.id = cn.client_id
     LEFT JOIN project pr ON pr.id = f.project_id
     LEFT JOIN project_version pv ON pv.project_id = pr.id AND pv.to_sync IS NULL
     WHERE f.to_sync IS NULL AND ${where.text}
     ORDER BY c.name COLLATE NOCASE, cn.id, f.expires_at, f.external_id, pv.name COLLATE NOCASE, f.id`,
    where.params,
  )
}
