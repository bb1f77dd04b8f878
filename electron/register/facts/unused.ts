/** Conditions of a key `k` that is not in use; each takes the instant, in SQL, up to which it has to be unused. */

/** Its last use is known and not after the instant. */
export const wasLastUsedBy = (instant: string): string => `k.last_use_state = 'known' AND k.last_used_at <= ${instant}`

export const isNeverUsedSince = (instant: string): string => `k.last_use_state = 'never' AND k.created_at <= ${instant}`

/** Unused by the policy: of a used key for its days without use, of any other for its days since it was created. */
export const isUnused = (lastUse: string, created: string): string =>
  `(${wasLastUsedBy(lastUse)} OR ${isNeverUsedSince(created)})`
