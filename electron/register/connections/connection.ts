import { z } from 'zod'

import { CLIENT_REF } from '../clients/client.ts'
import { clientRef, id, instant } from '../../../shared/contract/common.ts'
import { capability } from '../../../shared/contract/connections.ts'
import { CREDENTIAL_CHECKS } from '../../../shared/domain/connection-fault.ts'
import type { ConnectionAccess } from '../../../shared/domain/connection.ts'
import { canonicalBaseUrl } from '../../../shared/domain/base-url.ts'
import { ORGANIZATION_ID, ORGANIZATION_NAME } from '../facts/organization.ts'
import type { Reader } from '../db/handles.ts'
import { readRow, readRows } from '../db/rows.ts'
import { listAll, connectionsInScope, type Scope, when } from '../db/scope.ts'

/** A connection as the register holds it, without what the keychain holds. */
const stored = z.object({
  id,
  uid: z.string(),
  client: clientRef,
  clientId: id,
  provider: z.string(),
  label: z.string(),
  baseUrl: z.string().nullable(),
  /** The file that it reads, and the platform that the file describes; null for a provider with an API. */
  path: z.string().nullable(),
  platform: z.string().nullable(),
  access: z.enum(['read-only', 'read-write']),
  organizationId: z.string().nullable(),
  organizationName: z.string().nullable(),
  credentialHint: z.string().nullable(),
  credentialSetAt: instant.nullable(),
  credentialCheck: z.enum(CREDENTIAL_CHECKS).nullable(),
  credentialTestedAt: instant.nullable(),
  capabilities: z.array(capability),
  createdAt: instant,
})
export type StoredConnection = z.infer<typeof stored>

const SELECT = `SELECT cn.id, cn.uid, ${CLIENT_REF}, cn.client_id AS clientId, cn.provider, cn.label, cn.base_url AS baseUrl,
    o.file_path AS path, cn.platform, cn.access, ${ORGANIZATION_ID} AS organizationId, ${ORGANIZATION_NAME} AS organizationName,
    o.credential_hint AS credentialHint, o.credential_set_at AS credentialSetAt, o.credential_check AS credentialCheck,
    o.credential_tested_at AS credentialTestedAt, ifnull(o.capabilities, '[]') AS capabilities, cn.created_at AS createdAt
  FROM connection cn JOIN client c ON c.id = cn.client_id LEFT JOIN connection_local o ON o.connection_id = cn.id`

function withCanonicalUrl(connection: StoredConnection): StoredConnection {
  const { baseUrl } = connection
  return baseUrl === null ? connection : { ...connection, baseUrl: canonicalBaseUrl(baseUrl) }
}

/** Connections in scope, by client and label. */
export function listConnections(reader: Reader, scope: Scope, ids?: readonly number[]): StoredConnection[] {
  const inScope = connectionsInScope(scope)
  const where = listAll([
    { text: `cn.id IN (${inScope.text})`, params: inScope.params },
    when(ids, (list) => ({
      text: 'cn.id IN (SELECT value FROM json_each(:ids))',
      params: { ids: JSON.stringify(list) },
    })),
  ])
  return readRows(
    reader,
    stored,
    `${SELECT} WHERE ${where.text} ORDER BY c.kind = 'client', c.name COLLATE NOCASE, cn.label COLLATE NOCASE, cn.id`,
    where.params,
  ).map(withCanonicalUrl)
}

/** Null when there is none, or when it was removed. */
export function getConnection(reader: Reader, id: number): StoredConnection | null {
  const row = readRow(reader, stored, `${SELECT} WHERE cn.id = ? AND cn.removed_at IS NULL`, [id])
  return row && withCanonicalUrl(row)
}

/** The platform that the file of a connection describes, even of one that was removed; null for none. */
export function platformOf(reader: Reader, id: number): string | null {
  return reader.value<string | null>('SELECT platform FROM connection WHERE id = ?', [id]) ?? null
}

/** The organization that the provider reported for this connection; null until it was read. */
export function organizationRead(reader: Reader, id: number): string | null {
  return (
    reader.value<string | null>(
      `SELECT cn.organization_id FROM connection cn WHERE cn.id = ? AND EXISTS (
         SELECT 1 FROM sync y JOIN sync_source s ON s.sync_id = y.id AND s.source IN ('organization', 'roles') AND s.state = 'complete'
         WHERE y.connection_id = cn.id AND y.origin = 'api' AND y.state IN ('complete', 'partial'))`,
      [id],
    ) ?? null
  )
}

/** The uid of the client of a connection. */
export function readOwner(reader: Reader, connectionId: number): string {
  const owner = reader.value<string>(
    'SELECT c.uid FROM connection n JOIN client c ON c.id = n.client_id WHERE n.id = ?',
    [connectionId],
  )
  if (owner === undefined) throw new Error(`There is no connection ${connectionId}.`)
  return owner
}

/** The facts by which another register gets a connection too; as the operation that adds one has them. */
interface AddedConnection {
  readonly connectionUid: string
  readonly provider: string
  readonly platform: string | null
  readonly organizationId: string | null
  readonly label: string
  readonly baseUrl: string | null
  readonly access: ConnectionAccess
}

/** The connections of a client as they are now, in the order in which they were added. */
export function listAdded(reader: Reader, clientUid: string): readonly AddedConnection[] {
  return reader.all<AddedConnection>(
    `SELECT cn.uid AS connectionUid, cn.provider, cn.platform, cn.organization_id AS organizationId, cn.label,
       cn.base_url AS baseUrl, cn.access FROM connection cn JOIN client c ON c.id = cn.client_id
     WHERE c.uid = ? AND cn.removed_at IS NULL ORDER BY cn.id`,
    [clientUid],
  )
}

/** The columns of a `ConnectionRef` in the field `connection`, from a connection aliased `cn`. */
export const CONNECTION_REF = `cn.id AS "connection.id", cn.label AS "connection.label", cn.provider AS "connection.provider", ${ORGANIZATION_ID} AS "connection.organizationId"`
