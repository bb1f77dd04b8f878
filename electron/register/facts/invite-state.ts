/**
 * When an invite can no longer be accepted: by its provider's word, or by its date, which may have passed since the last
 * sync. Every list, count, finding and document asks by these, as of the instant `:now`.
 */

/**
 * A row is an invite that has expired. `row` holds status and expiry, `principal` the kind: the same for `principal_now`,
 * two tables for a version.
 */
export const isExpiredInvite = (row: string, principal = row): string =>
  `(${principal}.kind = 'invite' AND (${row}.status = 'expired' OR ifnull(${row}.expires_at <= :now, 0)))`

/** The status of an account or invite: the provider's word, unless the invite has expired since it was read. */
export const statusNow = (row: string): string =>
  `CASE WHEN ${isExpiredInvite(row)} THEN 'expired' ELSE ${row}.status END`
