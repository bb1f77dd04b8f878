import { localStorageColorSchemeManager, MantineProvider } from '@mantine/core'
import { QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import type { ReactElement } from 'react'

import { Areas } from '../data/areas.ts'
import { AREA_ENTRIES } from './areas.ts'
import { Gate } from './gate.tsx'
import { styleNonce } from './nonce.ts'
import { queryClient } from './query-client.ts'
import { router } from './router.tsx'
import { cssVariables, theme } from './theme.ts'
import { Toasts } from '../ui/toasts.tsx'

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
