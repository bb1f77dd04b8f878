import { MantineProvider } from '@mantine/core'
import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { createMemoryHistory, createRouter, RouterProvider } from '@tanstack/react-router'
import { renderToStaticMarkup } from 'react-dom/server'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'

import { AREA_ENTRIES, AREAS } from '../../../renderer/app/areas.ts'
import { Areas, frame } from '../../../renderer/data/areas.ts'
import { parseSearch, stringifySearch } from '../../../renderer/data/search-params.ts'

/** What is empty whatever the register contains. */
const EMPTY: Readonly<Record<string, string>> = { '/snippets': 'No project selected' }

// Lists draw their lines on whole pixels of a screen.
beforeAll(() => void vi.stubGlobal('devicePixelRatio', 1))
afterAll(() => void vi.unstubAllGlobals())

/** The HTML of a page before the service has answered anything. */
async function renderUnread(address: string): Promise<string> {
  const router = createRouter({
    routeTree: frame.addChildren(AREAS),
    history: createMemoryHistory({ initialEntries: [address] }),
    parseSearch,
    stringifySearch,
  })
  await router.load()
  return renderToStaticMarkup(
    <MantineProvider>
      <QueryClientProvider client={new QueryClient()}>
        <Areas value={AREA_ENTRIES}>
          <RouterProvider router={router as never} />
        </Areas>
      </QueryClientProvider>
    </MantineProvider>,
  )
}

it.each(AREA_ENTRIES.map(({ path }) => path))('%s is not shown as empty before the service answers', async (path) => {
  const html = await renderUnread(`${path.replace('$kind', 'key').replace('$id', '1')}?client=acme`)
  const titles = [...html.matchAll(/c-empty-title">([^<]*)/gu)].map(([, title]) => title)
  expect(html).toMatch(/aria-label="Loading [a-z ]+"/u)
  expect(titles.filter((title) => title !== EMPTY[path])).toEqual([])
})
