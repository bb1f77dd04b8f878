import type { SyncProgress } from '../../shared/contract/sync.ts'
import { query } from './api.ts'
import { useQuery } from '../ui/use-query.ts'

/** Before the service has reported any sync. */
export const NOT_TOLD: readonly SyncProgress[] = []

/** The syncs that run or have just ended, updated as they proceed. */
export function useSyncProgress(): readonly SyncProgress[] {
  const live = useQuery(
    query.sync.watch.experimental_liveOptions({ input: { follow: true }, retry: true, retryDelay: 2_000 }),
  )
  return live.data ?? NOT_TOLD
}

/** The syncs that have not ended. */
export function underWay(progress: readonly SyncProgress[]): readonly SyncProgress[] {
  return progress.filter((each) => each.phase !== 'done')
}
