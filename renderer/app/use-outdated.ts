import { notifyManager, useQueryClient } from '@tanstack/react-query'
import { useCallback, useSyncExternalStore } from 'react'

import { findOutdated, refetchOutdated } from '../ui/use-query.ts'

export interface PageProblem {
  readonly error: Error
  /** Reads again all that is not up to date. */
  readonly retry: () => void
}

/** Why something on screen could not be read again, and is shown as it was read before; null when all of it is up to date. */
export function useOutdated(): PageProblem | null {
  const client = useQueryClient()
  const cache = client.getQueryCache()
  const subscribe = useCallback((changed: () => void) => cache.subscribe(notifyManager.batchCalls(changed)), [cache])
  const read = (): Error | null => findOutdated(cache)
  const error = useSyncExternalStore(subscribe, read, read)
  return error === null ? null : { error, retry: () => void refetchOutdated(client) }
}
