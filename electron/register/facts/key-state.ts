import { ENDED_STATUSES } from '../../../shared/domain/ended.ts'

/**
 * When a key can be used: neither its status from the provider nor its expiry, which may have passed since the last
 * sync, has ended it. Every list, count, finding and document uses these conditions, as of the instant `:now`.
 */

const ENDED = `(${ENDED_STATUSES.map((status) => `'${status}'`).join(', ')})`

/** The provider reports a key, or a version of one, with a status that ends it. */
export const hasEnded = (key: string): string => `${key}.status IN ${ENDED}`

/** A key, or a version of one, can be used. */
export const isUsable = (key: string): string => `${key}.status NOT IN ${ENDED} AND ifnull(${key}.expires_at > :now, 1)`

/** A current key `k` can be used: the same from the key's own row, so that an index covers it. */
export const OPENS = 'ifnull(k.ends_at > :now, 1)'

/** The status of a key, or of a version of one: as the provider reported it, unless it has expired since. */
export const keyStatus = (key: string): string =>
  `CASE WHEN ${key}.status NOT IN ${ENDED} AND ${key}.expires_at <= :now THEN 'expired' ELSE ${key}.status END`

/** The day on which a key `k` has to be rotated; null for one that can no longer be used. */
export const DUE_ON = `CASE WHEN ${OPENS} THEN k.due_on END`

export const DUE_BASIS = `CASE WHEN ${OPENS} THEN k.due_basis ELSE 'retired' END`

/** The value of `key.ends_at` for a version `v`. */
export const ENDS_AT = `CASE WHEN ${hasEnded('v')} THEN 0 ELSE v.expires_at END`
