import { type FederationRow, federationRow } from '../../../shared/contract/access.ts'
import { CLIENT_REF } from '../clients/client.ts'
import { CONNECTION_REF } from '../connections/connection.ts'
import type { Reader } from '../db/handles.ts'
import { readRows } from '../db/rows.ts'
import { connectionsInScope, listAll, type Scope, when } from '../db/scope.ts'

/** The current federation rules of the connections in scope, by connection and name. */
export function listFederation(
  reader: Reader,
  query: Scope & { readonly connection?: number | undefined },
): FederationRow[] {
  const inScope = connectionsInScope(query)
  const where = listAll([
    { text: `f.connection_id IN (${inScope.text})`, params: inScope.params },
    when(query.connection, (connection) => ({ text: 'f.connection_id = :connection', params: { connection } })),
  ])
  return readRows(
    reader,
    federationRow,
    `SELECT f.id AS federationId, ${CLIENT_REF}, ${CONNECTION_REF}, f.external_id AS externalId, f.name, f.status,
       f.issuer_status AS issuerStatus, f.issuer, f.issuer_name AS issuerName, f.audience, f.subject, f.claims, f.condition, f.pin,
       f.workload, p.id AS "account.id", p.external_id AS "account.externalId", v.name AS "account.name", f.projects, f.scopes,
       f.lifetime_seconds AS lifetimeSeconds, f.created_at AS createdAt
     FROM federation_version f JOIN connection cn ON cn.id = f.connection_id JOIN client c ON c.id = cn.client_id
     LEFT JOIN principal p ON p.id = f.account_id
     LEFT JOIN principal_version v ON v.principal_id = p.id AND v.to_sync IS NULL
     WHERE f.to_sync IS NULL AND ${where.text}
     ORDER BY c.name COLLATE NOCASE, cn.id, ifnull(f.name, f.external_id) COLLATE NOCASE, f.id`,
    where.params,
  )
}
