import { localStorageColorSchemeManager, MantineProvider } from '@mantine/core'
import { Notifications } from '@mantine/notifications'
import { QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import type { ReactElement } from 'react'

import { AreaLinks } from '../data/areas.ts'
import { AREA_LINKS } from './areas.ts'
import { Gate } from './gate.tsx'
import { styleNonce } from './nonce.ts'
import { queryClient } from './query-client.ts'
import { router } from './router.tsx'
import { cssVariables, theme } from './theme.ts'

/** Remembers the last scheme for the moment before the settings are read, so that the window does not flash. */
const colorSchemes = localStorageColorSchemeManager({ key: 'castellan-colour-scheme' })

/** Everything, with what it all needs. */
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
        <Notifications position="bottom-center" limit={4} />
        <Gate go={(to) => router.history.push(to)}>
          <AreaLinks value={AREA_LINKS}>
            <RouterProvider router={router} />
          </AreaLinks>
        </Gate>
      </QueryClientProvider>
    </MantineProvider>
  )
}
