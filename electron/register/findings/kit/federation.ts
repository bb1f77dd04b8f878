import type { Writer } from '../../db/handles.ts'

/** The columns of `f_federation`: a federation rule, and whether it gives access now (`live`). */
export const FEDERATION = `id INTEGER PRIMARY KEY, connection_id INTEGER, account_id INTEGER, issuer TEXT, status TEXT, issuer_status TEXT,
  pin TEXT, workload TEXT, lifetime_seconds INTEGER, live INTEGER`

/** The columns of `f_certificate`: a certificate that is active, in the organization or in projects. */
export const CERTIFICATE =
  'connection_id INTEGER, external_id TEXT, name TEXT, expires_at INTEGER, PRIMARY KEY (connection_id, external_id)'

/** Fills the tables of service accounts, federation rules and certificates, for the connections under evaluation. */
export function layOutFederation(writer: Writer): void {
  writer.run(
    `INSERT INTO temp.f_account
     SELECT p.id, p.connection_id, p.external_id, ifnull(nullif(p.name, ''), p.external_id)
     FROM temp.f_connection f CROSS JOIN account_row p ON p.connection_id = f.id WHERE p.kind = 'service-account'`,
  )
  writer.run(
    `INSERT INTO temp.f_federation
     SELECT v.id, v.connection_id, v.account_id, v.issuer, v.status, v.issuer_status, v.pin, v.workload, v.lifetime_seconds,
       v.status = 'active' AND ifnull(v.issuer_status, 'active') = 'active'
     FROM temp.f_connection f CROSS JOIN federation_version v ON v.connection_id = f.id AND v.to_sync IS NULL`,
  )
  writer.run(
    // One that is active in the organization and in projects is listed in each, not always with its end.
    `INSERT INTO temp.f_certificate
     SELECT v.connection_id, v.external_id, max(v.name), min(v.expires_at) FROM temp.f_connection f
     CROSS JOIN certificate_version v ON v.connection_id = f.id AND v.to_sync IS NULL AND v.active = 1
     GROUP BY v.connection_id, v.external_id`,
  )
}
