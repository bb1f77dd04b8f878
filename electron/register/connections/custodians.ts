import type { Reader } from '../db/handles.ts'

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

/** A connection that a device has a credential of, or that it placed so. */
export interface Custody {
  readonly connection: number
  readonly connectionUid: string
  readonly label: string
  /** Slug. */
  readonly client: string
  readonly clientUid: string
  /** True if the device placed that it has one. */
  readonly isPlaced: boolean
  /** True if the register has that a credential was set here; its store may have lost it. */
  readonly isSet: boolean
}

export function listCustody(reader: Reader, device: string): readonly Custody[] {
  type Row = Omit<Custody, 'isPlaced' | 'isSet'> & { readonly isPlaced: number; readonly isSet: number }
  return reader
    .all<Row>(CUSTODY, [device])
    .map((row) => ({ ...row, isPlaced: row.isPlaced === 1, isSet: row.isSet === 1 }))
}

const CUSTODY = `SELECT n.id AS connection, n.uid AS connectionUid, n.label, c.slug AS client, c.uid AS clientUid,
    d.id IS NOT NULL AS isPlaced, l.credential_hint IS NOT NULL AND n.removed_at IS NULL AS isSet
  FROM connection n JOIN client c ON c.id = n.client_id LEFT JOIN connection_local l ON l.connection_id = n.id
  LEFT JOIN custodian d ON d.connection_id = n.id AND d.device = ?
  WHERE d.id IS NOT NULL OR (l.credential_hint IS NOT NULL AND n.removed_at IS NULL) ORDER BY n.id`
