import { QueryClient } from '@tanstack/react-query'

import { NoPort } from '../data/port.ts'
import { toFailure } from '../ui/failure.ts'

/** Does not retry other errors than those of the contract: the call would be refused again. */
function isSurprise(error: unknown): boolean {
  return !(error instanceof NoPort) && !toFailure(error).typed
}

/**
 * The cache of the register's data. The service reports which areas changed, so nothing goes stale by itself; and no
 * query waits for a network, since the service is on this machine.
 */
export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      networkMode: 'always',
      staleTime: Infinity,
      gcTime: 5 * 60_000,
      refetchOnWindowFocus: false,
      refetchOnReconnect: false,
      retry: (failures, error) => failures < 1 && isSurprise(error),
    },
    mutations: { networkMode: 'always', retry: false },
  },
})
