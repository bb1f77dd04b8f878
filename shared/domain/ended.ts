/** The statuses of a key that is no longer valid, whatever its expiry. */
export const ENDED_STATUSES = ['archived', 'expired'] as const

const ENDED: ReadonlySet<string> = new Set(ENDED_STATUSES)

/** True if a status at some instant shows that a key is no longer valid. */
export function hasEnded(status: string | null): boolean {
  return status !== null && ENDED.has(status)
}

/** True if a status at some instant shows that an invite can no longer be accepted. */
export function isExpired(status: string): boolean {
  return status === 'expired'
}
