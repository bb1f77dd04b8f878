import { localStorageColorSchemeManager, MantineProvider } from '@mantine/core'
import { QueryClientProvider, QueryClient } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import type { ReactElement } from 'react'

import { Areas } from '../data/areas.ts'
import { AREA_ENTRIES } from './areas.ts'
import { Gate } from './gate.tsx'
import { styleNonce } from './nonce.ts'
import { router } from './router.tsx'
import { cssVariables, theme } from './theme.ts'
import { toFailure } from '../ui/failure.ts'
import { Toasts } from '../ui/toasts.tsx'
import { NoPort } from '../data/port.ts'

/** Remembers the last colour scheme, so that the window does not flash before the settings are read. */
const colorSchemes = localStorageColorSchemeManager({ key: 'castellan-colour-scheme' })

function go(to: string): void {
  router.history.push(to)
}

/** The application with its providers. */
export function App(): ReactElement {
  return (
    <MantineProvider
      theme={theme}
      cssVariablesResolver={cssVariables}
      colorSchemeManager={colorSchemes}
      defaultColorScheme="auto"
      getStyleNonce={styleNonce}
      withStaticClasses={false}
    >
      <QueryClientProvider client={queryClient}>
        <Gate go={go}>
          <Areas value={AREA_ENTRIES}>
            <RouterProvider router={router} />
          </Areas>
        </Gate>
        <Toasts go={go} />
      </QueryClientProvider>
    </MantineProvider>
  )
}

/** Does not retry other errors than those of the contract: the call would be refused again. */
function isSurprise(error: unknown): boolean {
  return !(error instanceof NoPort) && !toFailure(error).typed
}

/**
 * The cache of the register's data. The service reports which areas changed, so nothing goes stale by itself; and no
 * query waits for a network, since the service is on this machine.
 */
const queryClient = new QueryClient({
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
