import type { SyncSummary } from '../../shared/contract/connections.ts'
import type { SyncProgress } from '../../shared/contract/sync.ts'

export interface SyncEnd {
  readonly connectionId: number
  /** Null when nothing could be written; `notWritten` has the reason. */
  readonly result: SyncSummary | null
  readonly notWritten: string | null
}

/**
 * Returns the syncs that have ended since the window last looked; none at its first look. A short sync may end before
 * it was ever reported as running, so a sync counts as ended when its result differs from the known one.
 */
export function endedSince(before: readonly SyncProgress[] | null, now: readonly SyncProgress[]): readonly SyncEnd[] {
  if (before === null) return []
  const known = new Map(before.map((each) => [each.connectionId, each]))
  return now.flatMap(({ connectionId, phase, result, notWritten }) => {
    const last = known.get(connectionId)
    const isKnown = result === null ? last?.notWritten === notWritten : last?.result?.id === result.id
    return phase === 'done' && !isKnown ? [{ connectionId, result, notWritten }] : []
  })
}
