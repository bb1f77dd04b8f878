import type { Reader, Writer } from '../db/handles.ts'

/** A device of a team that has a credential of a connection. `since`: milliseconds, by the device's clock. */
export interface Custodian {
  readonly connection: number
  readonly device: string
  readonly since: number
}

/** Those that placed so, also of devices that do not belong to the team any more; with the uid of the connection's client. */
export function listCustodians(reader: Reader): readonly (Custodian & { readonly clientUid: string })[] {
  return reader.all(
    `SELECT d.connection_id AS connection, d.device, d.since, c.uid AS clientUid
     FROM custodian d JOIN connection n ON n.id = d.connection_id JOIN client c ON c.id = n.client_id
     ORDER BY d.connection_id, d.since, d.device`,
  )
}

/** A connection of a client that a device has a credential of, here or by what it placed. */
export interface Custody {
  readonly connectionUid: string
  readonly label: string
  /** Slug. */
  readonly client: string
  readonly clientUid: string
  readonly isHeld: boolean
}

/** The connections of which it is not known yet to the team whether a device has a credential: what it placed differs from what is here. */
export function listUnknownCustody(reader: Reader, device: string): readonly Custody[] {
  return reader
    .all<Omit<Custody, 'isHeld'> & { readonly isHeld: number }>(UNKNOWN, [device])
    .map((row) => ({ ...row, isHeld: row.isHeld === 1 }))
}

const UNKNOWN = `SELECT n.uid AS connectionUid, n.label, c.slug AS client, c.uid AS clientUid,
    l.credential_hint IS NOT NULL AND n.removed_at IS NULL AS isHeld
  FROM connection n JOIN client c ON c.id = n.client_id LEFT JOIN connection_local l ON l.connection_id = n.id
  LEFT JOIN custodian d ON d.connection_id = n.id AND d.device = ?
  WHERE (l.credential_hint IS NOT NULL AND n.removed_at IS NULL) <> (d.id IS NOT NULL) ORDER BY n.id`

export function addCustodian(writer: Writer, { connection, device, since }: Custodian): void {
  writer.run(
    `INSERT INTO custodian (connection_id, device, since) VALUES (?, ?, ?)
     ON CONFLICT (connection_id, device) DO UPDATE SET since = excluded.since`,
    [connection, device, since],
  )
}

export function removeCustodian(writer: Writer, connection: number, device: string): void {
  writer.run('DELETE FROM custodian WHERE connection_id = ? AND device = ?', [connection, device])
}
