import type { LastUse } from '../../../shared/domain/facts.ts'
import { listProvidersWith } from './providers.ts'

/** The columns of a `LastUse` in the field `lastUse`, from a key `k`; `toLastUse` in SQL. */
export const LAST_USE_REF = `CASE WHEN k.last_use_state <> 'known' THEN k.last_use_state WHEN k.last_used_at IS NULL THEN 'not-reported'
    WHEN k.last_use_inexact = 1 THEN 'before' ELSE 'known' END AS "lastUse.state", k.last_used_at AS "lastUse.at"`

/** The columns of a key `k` for its last use. */
export const LAST_USE = 'k.last_use_state, k.last_used_at, k.last_use_inexact'

export interface LastUseColumns {
  readonly last_use_state: 'known' | 'never' | 'not-reported'
  readonly last_used_at: number | null
  /** 1: used at an unknown time before the instant. */
  readonly last_use_inexact: number
}

/** The instant of the last use of a key `k`, for places that show only an instant: null where only a bound is known. */
export const LAST_USED_AT = 'CASE WHEN k.last_use_inexact = 0 THEN k.last_used_at END'

const IS_USED_IN_PART = `(SELECT h.provider FROM connection h WHERE h.id = p.connection_id)
  IN ${listProvidersWith('reportsUseInPart')}`

/**
 * The instant of the last use of an account `p`. Null where its provider reports its use only in part: the use that is known
 * then is not the last one.
 */
export const ACCOUNT_LAST_USED_AT = `iif(${IS_USED_IN_PART}, NULL, p.last_used_at)`

/** The instant of the newest use that is known of an account `p` where that is not the last one; else null. */
export const ACCOUNT_KNOWN_USE_AT = `iif(${IS_USED_IN_PART}, p.last_used_at, NULL)`

/** When a key was last used, from its columns. */
export function toLastUse(row: LastUseColumns): LastUse {
  if (row.last_use_state !== 'known') return { state: row.last_use_state }
  if (row.last_used_at === null) return { state: 'not-reported' }
  return { state: row.last_use_inexact === 1 ? 'before' : 'known', at: row.last_used_at }
}
