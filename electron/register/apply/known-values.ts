import type { IDENTIFIED } from '../../../shared/domain/facts.ts'
import type { Writer } from '../db/handles.ts'
import { listKept, UNREAD_INSTANT, type StagedType } from './fact-columns.ts'
import type { Reading } from './reading.ts'

/** Where the current version of a staged fact is, as `k`, with the connection that has it, and what ties it to the row. */
interface Known {
  readonly from: string
  readonly connection: string
  readonly same: string
}

const identified = (type: (typeof IDENTIFIED)[number]): Known => ({
  from: `${type} s CROSS JOIN ${type}_version k ON k.${type}_id = s.id`,
  connection: 's.connection_id',
  same: `s.external_id = in_${type}.x`,
})

const KNOWN = {
  project: identified('project'),
  principal: identified('principal'),
  key: identified('key'),
  grant: {
    from: 'grant k',
    connection: 'k.connection_id',
    same: `k.principal_id = in_grant.principal_id AND in_grant.place = ifnull(k.project_id, 0) AND k.role_raw = in_grant.role_raw`,
  },
  federation: {
    from: 'federation_version k',
    connection: 'k.connection_id',
    same: 'k.external_id = in_federation.external_id',
  },
  certificate: {
    from: 'certificate_version k',
    connection: 'k.connection_id',
    same: 'k.external_id = in_certificate.external_id AND k.project_id IS in_certificate.project_id',
  },
} as const satisfies Partial<Record<StagedType, Known>>

/**
 * Keeps what is known and was not read this time: when something was made does not change, so that null never replaces it,
 * and a date of expiry that cannot be read replaces none. Called for staged facts before they are compared.
 */
export function keepKnownValues(
  writer: Writer,
  { connectionId, origin, outcomes }: Pick<Reading, 'connectionId' | 'origin' | 'outcomes'>,
): void {
  if (outcomes.some(({ source, state }) => source === 'user-addresses' && state !== 'complete')) {
    keepAddresses(writer, connectionId)
  }
  if (origin === 'api') keepOwners(writer, connectionId)
  for (const [type, { from, connection, same }] of Object.entries(KNOWN)) {
    const { lasting, unreadable } = listKept(type as keyof typeof KNOWN)
    const keep = (column: string, isUnknown: string): void => {
      writer.run(
        `UPDATE temp.in_${type} SET ${column} = k.${column} FROM ${from} WHERE ${connection} = :c AND ${same}
           AND in_${type}.${column} ${isUnknown} AND k.to_sync IS NULL AND k.${column} IS NOT NULL`,
        { c: connectionId },
      )
    }
    for (const column of lasting) keep(column, 'IS NULL')
    for (const column of unreadable) {
      keep(column, `= ${UNREAD_INSTANT}`)
      writer.run(`UPDATE temp.in_${type} SET ${column} = NULL WHERE ${column} = ${UNREAD_INSTANT}`)
    }
  }
  writer.run('UPDATE temp.in_key SET expires_unread = 0 WHERE expires_at IS NOT NULL')
}

/** A list of users may name logins alone: without that of their addresses, a user without one stays as known. */
function keepAddresses(writer: Writer, connectionId: number): void {
  const { from, connection, same } = KNOWN.principal
  writer.run(
    `UPDATE temp.in_principal SET name = k.name, email = k.email FROM ${from} WHERE ${connection} = :c AND ${same}
       AND k.to_sync IS NULL AND in_principal.kind = 'user' AND in_principal.email IS NULL AND k.email IS NOT NULL`,
    { c: connectionId },
  )
}

/** A key may name its owner by an id alone: without the list of users, who that is and whether they have left stays as it is known. */
function keepOwners(writer: Writer, connectionId: number): void {
  writer.run(
    `UPDATE temp.in_key SET owner_state = k.owner_state, owner_name = ifnull(in_key.owner_name, k.owner_name),
       owner_email = ifnull(in_key.owner_email, k.owner_email)
     FROM ${KNOWN.key.from} WHERE ${KNOWN.key.connection} = :c AND ${KNOWN.key.same} AND k.to_sync IS NULL
       AND in_key.owner_external_id = k.owner_external_id AND in_key.owner_kind = 'user'
       AND NOT EXISTS (SELECT 1 FROM temp.done WHERE source = 'users')`,
    { c: connectionId },
  )
}
