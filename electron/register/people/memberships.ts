import type { z } from 'zod'

import { membershipRow } from '../../../shared/contract/people.ts'
import { CLIENT_REF } from '../clients/client.ts'
import { CONNECTION_REF } from '../connections/connection.ts'
import type { Reader, Writer } from '../db/handles.ts'
import { readRows } from '../db/rows.ts'
import { connectionsInScope, type Scope } from '../db/scope.ts'
import { PROVISIONED } from '../facts/details.ts'
import { ACCOUNT_KNOWN_USE_AT, ACCOUNT_LAST_USED_AT } from '../facts/last-use.ts'

export type MembershipRow = z.infer<typeof membershipRow>

/** Where a person is or was known, current memberships first. */
export function listMemberships(reader: Reader, personId: number, scope: Scope): MembershipRow[] {
  const inScope = connectionsInScope(scope)
  return readRows(
    reader,
    membershipRow,
    `SELECT p.id AS principalId, ${CLIENT_REF}, ${CONNECTION_REF}, p.kind, p.external_id AS externalId, p.name, p.email,
       p.role_raw AS roleRaw, p.level, p.status, ${PROVISIONED} AS provisioned, p.added_at AS addedAt, ${ACCOUNT_LAST_USED_AT} AS lastUsedAt,
       ${ACCOUNT_KNOWN_USE_AT} AS knownUseAt,
       p.last_reviewed_on AS lastReviewedOn, s.finished_at AS removedAt
     FROM account_last_row p LEFT JOIN sync s ON s.id = p.to_sync
     JOIN connection cn ON cn.id = p.connection_id JOIN client c ON c.id = cn.client_id
     WHERE p.person_id = :person AND +p.connection_id IN (${inScope.text})
     ORDER BY p.to_sync IS NOT NULL, c.name COLLATE NOCASE, cn.label COLLATE NOCASE, p.id`,
    { person: personId, ...inScope.params },
  )
}

export interface PrincipalName {
  readonly name: string
  readonly client: string
  readonly connectionUid: string
  /** What the provider calls it. */
  readonly externalId: string
}

/** The name of a principal for the journal; null when there is none. */
export function principalName(reader: Reader, principalId: number): PrincipalName | null {
  return (
    reader.get<PrincipalName>(
      `SELECT ifnull(nullif((SELECT v.name FROM principal_version v WHERE v.principal_id = p.id ORDER BY v.from_sync DESC LIMIT 1), ''), p.external_id) AS name,
         c.slug AS client, cn.uid AS connectionUid, p.external_id AS externalId
       FROM principal p JOIN connection cn ON cn.id = p.connection_id JOIN client c ON c.id = cn.client_id WHERE p.id = ?`,
      [principalId],
    ) ?? null
  )
}

export function setLastReviewed(writer: Writer, principalId: number, on: string | null): void {
  writer.run('UPDATE principal SET last_reviewed_on = ? WHERE id = ?', [on, principalId])
}
