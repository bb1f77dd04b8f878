import { MantineProvider } from '@mantine/core'
import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { createMemoryHistory, createRootRoute, createRouter, RouterProvider } from '@tanstack/react-router'
import { renderToStaticMarkup } from 'react-dom/server'
import { expect, it } from 'vitest'

import { ScopeSwitch } from '../../../renderer/app/scope-switch.tsx'
import { query } from '../../../renderer/data/api.ts'
import { frame } from '../../../renderer/data/areas.ts'

it('the number of clients is not shown before they are read', async () => {
  const queries = new QueryClient()
  const router = createRouter({
    routeTree: createRootRoute({
      component: () => <ScopeSwitch compact={false} />,
      staticData: frame.options.staticData,
    }),
    history: createMemoryHistory(),
  })
  await router.load()
  const render = (): string =>
    renderToStaticMarkup(
      <MantineProvider>
        <QueryClientProvider client={queries}>
          <RouterProvider router={router as never} />
        </QueryClientProvider>
      </MantineProvider>,
    )
  expect(render()).not.toMatch(/\d clients/u)
  queries.setQueryData(query.client.list.queryKey({ input: { archived: false } }), [])
  expect(render()).toContain('0 clients')
})
