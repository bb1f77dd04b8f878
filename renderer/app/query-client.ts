import { QueryClient } from '@tanstack/react-query'

import { failureOf } from '../ui/failure.ts'

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
      retry: (failures, error) => failures < 1 && failureOf(error).canRetry && !failureOf(error).typed,
    },
    mutations: { networkMode: 'always', retry: false },
  },
})
