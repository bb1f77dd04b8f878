import type { SyncSummary } from '../../shared/contract/connections.ts'
import type { SyncProgress } from '../../shared/contract/sync.ts'

export interface SyncEnd {
  readonly connectionId: number
  /** Null where nothing of it could be written, as `notWritten` says. */
  readonly result: SyncSummary | null
  readonly notWritten: string | null
}

/**
 * The syncs that have ended since the window last looked; none while it had not looked. A quick one may be over before it
 * was ever told to be under way, so what counts is whether its result is another than the one known.
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
