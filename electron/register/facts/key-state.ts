import { ENDED_STATUSES } from '../../../shared/domain/ended.ts'

/**
 * When a key can be used: neither its status from the provider nor its expiry, which may have passed since the last
 * sync, has ended it. Every list, count, finding and document uses these conditions, as of the instant `:now`.
 */

const ENDED = `(${ENDED_STATUSES.map((status) => `'${status}'`).join(', ')})`

/** The provider reports a version `v` of a key with a status that ends it. */
export const HAS_ENDED = `v.status IN ${ENDED}`

/** A version `v` of a key can be used. */
export const USABLE = `v.status NOT IN ${ENDED} AND ifnull(v.expires_at > :now, 1)`

/** A current key `k` can be used: the same from the key's own row, so that an index covers it. */
export const OPENS = 'ifnull(k.ends_at > :now, 1)'

/** The status of a version `v`: as the provider reported it, unless the key has expired since. */
export const STATUS = `CASE WHEN v.status NOT IN ${ENDED} AND v.expires_at <= :now THEN 'expired' ELSE v.status END`

/** The day on which a key `k` has to be rotated; null for one that can no longer be used. */
export const DUE_ON = `CASE WHEN ${OPENS} THEN k.due_on END`

/** What set that day. */
export const DUE_BASIS = `CASE WHEN ${OPENS} THEN k.due_basis ELSE 'retired' END`

/** The value of `key.ends_at` for a version `v`. */
export const ENDS_AT = `CASE WHEN ${HAS_ENDED} THEN 0 ELSE v.expires_at END`
