import type { z } from 'zod'

import type { membershipRow } from '../../../shared/contract/people.ts'
import { CLIENT_REF, clientRefOf, type ClientRefColumns } from '../clients/client.ts'
import { CONNECTION_REF, connectionRefOf, type ConnectionRefColumns } from '../connections/connection.ts'
import type { Reader, Writer } from '../db/handles.ts'
import { connectionsInScope, type Scope } from '../db/scope.ts'

export type MembershipRow = z.infer<typeof membershipRow>

interface MembershipColumns extends ClientRefColumns, ConnectionRefColumns {
  readonly id: number
  readonly kind: MembershipRow['kind']
  readonly external_id: string
  readonly name: string | null
  readonly email: string | null
  readonly role_raw: string | null
  readonly level: MembershipRow['level']
  readonly status: string
  readonly added_at: number | null
  readonly last_used_at: number | null
  readonly last_reviewed_on: string | null
  readonly gone_at: number | null
}

/** Where a person is or was known, standing memberships first. */
export function membershipsOf(reader: Reader, personId: number, scope: Scope): MembershipRow[] {
  const inScope = connectionsInScope(scope)
  return reader
    .all<MembershipColumns>(
      `SELECT p.id, ${CLIENT_REF}, ${CONNECTION_REF}, p.kind, p.external_id, v.name, v.email, v.role_raw, v.level, v.status,
         v.added_at, p.last_used_at, p.last_reviewed_on, s.finished_at AS gone_at
       FROM principal p
       JOIN principal_version v ON v.principal_id = p.id
         AND v.from_sync = (SELECT max(x.from_sync) FROM principal_version x WHERE x.principal_id = p.id)
       LEFT JOIN sync s ON s.id = v.to_sync
       JOIN connection cn ON cn.id = p.connection_id JOIN client c ON c.id = cn.client_id
       WHERE p.person_id = :person AND +p.connection_id IN (${inScope.text})
       ORDER BY v.to_sync IS NOT NULL, c.name COLLATE NOCASE, cn.label COLLATE NOCASE, p.id`,
      { person: personId, ...inScope.params },
    )
    .map((row) => ({
      principalId: row.id,
      client: clientRefOf(row),
      connection: connectionRefOf(row),
      kind: row.kind,
      externalId: row.external_id,
      name: row.name,
      email: row.email,
      roleRaw: row.role_raw,
      level: row.level,
      status: row.status,
      addedAt: row.added_at,
      lastUsedAt: row.last_used_at,
      lastReviewedOn: row.last_reviewed_on,
      goneAt: row.gone_at,
    }))
}

export interface PrincipalName {
  readonly name: string
  readonly client: string
}

/** What to call a principal in the journal; null when there is none. */
export function principalName(reader: Reader, principalId: number): PrincipalName | null {
  return (
    reader.get<PrincipalName>(
      `SELECT ifnull(nullif((SELECT v.name FROM principal_version v WHERE v.principal_id = p.id ORDER BY v.from_sync DESC LIMIT 1), ''), p.external_id) AS name,
         c.slug AS client
       FROM principal p JOIN connection cn ON cn.id = p.connection_id JOIN client c ON c.id = cn.client_id WHERE p.id = ?`,
      [principalId],
    ) ?? null
  )
}

export function setLastReviewed(writer: Writer, principalId: number, on: string | null): void {
  writer.run('UPDATE principal SET last_reviewed_on = ? WHERE id = ?', [on, principalId])
}
