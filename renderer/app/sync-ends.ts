import type { SyncSummary } from '../../shared/contract/connection.ts'
import type { SyncProgress } from '../../shared/contract/sync.ts'

export interface SyncEnd {
  readonly connectionId: number
  readonly result: SyncSummary
}

/**
 * The syncs that have ended since the window last looked; none while it had not looked. A quick one may be over before it
 * was ever told to be under way, so what counts is whether its result is another than the one known.
 */
export function endedSince(before: readonly SyncProgress[] | null, now: readonly SyncProgress[]): readonly SyncEnd[] {
  if (before === null) return []
  const known = new Map(before.map((each) => [each.connectionId, each.result?.id]))
  return now.flatMap(({ connectionId, phase, result }) =>
    phase === 'done' && result !== null && known.get(connectionId) !== result.id ? [{ connectionId, result }] : [],
  )
}
