import type { SyncSummary } from '../../shared/contract/connection.ts'
import type { SyncProgress } from '../../shared/contract/sync.ts'

export interface SyncEnd {
  readonly connectionId: number
  readonly result: SyncSummary
}

/** The syncs that were under way before and are done now. */
export function endedSince(before: ReadonlySet<number>, now: readonly SyncProgress[]): readonly SyncEnd[] {
  return now.flatMap(({ connectionId, phase, result }) =>
    phase === 'done' && result !== null && before.has(connectionId) ? [{ connectionId, result }] : [],
  )
}
