import { QueryClient } from '@tanstack/react-query'

import { failureOf } from '../ui/failure.ts'
import { NoPort } from '../data/port.ts'

/** What the contract does not name may be over at once; the rest would only be refused again. */
function isSurprise(error: unknown): boolean {
  return !(error instanceof NoPort) && !failureOf(error).typed
}

/**
 * What the window knows of the register. The service says which areas changed, so nothing grows stale by itself;
 * and nothing waits for a network, since the service is on this machine.
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
