import { MantineProvider } from '@mantine/core'
import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { renderToStaticMarkup } from 'react-dom/server'
import { expect, it } from 'vitest'

import { RemovePlan } from '../../../../renderer/features/plans/plan-list.tsx'

function show(active: boolean): string {
  return renderToStaticMarkup(
    <MantineProvider>
      <QueryClientProvider client={new QueryClient()}>
        <RemovePlan plan={{ planId: 1, title: 'Next year', active }} />
      </QueryClientProvider>
    </MantineProvider>,
  )
}

it('an active plan cannot be removed, and shows why; a draft can', () => {
  expect(show(true)).toMatch(/aria-disabled="true".*An active plan cannot be removed/su)
  expect(show(false)).toContain('Remove Next year')
  expect(show(false)).not.toContain('aria-disabled')
})
