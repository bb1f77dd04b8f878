/**
 * When an invite can no longer be accepted: by the status from its provider, or by its expiry, which may have passed
 * since the last sync. Every list, count, finding and document uses these conditions, as of the instant `:now`; a comparison of
 * two states uses them as of the end of each.
 */

/** True if a row of an account, as it is or was, is an expired invite. */
export const isExpiredInvite = (row: string, now = ':now'): string =>
  `(${row}.kind = 'invite' AND (${row}.status = 'expired' OR ifnull(${row}.expires_at <= ${now}, 0)))`

/** From when on what an account `p` with version `v` has gives nothing: only an invite ends by itself. 0: it is expired already. */
export const ENDS_AT = `CASE p.kind WHEN 'invite' THEN iif(v.status = 'expired', 0, v.expires_at) END`

/** The status of an account or invite: as the provider reported it, unless the invite has expired since. */
export const statusNow = (row: string): string =>
  `CASE WHEN ${isExpiredInvite(row)} THEN 'expired' ELSE ${row}.status END`
