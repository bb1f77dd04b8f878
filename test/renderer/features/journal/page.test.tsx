import { MantineProvider } from '@mantine/core'
import { QueryClient, QueryClientProvider, type QueryKey } from '@tanstack/react-query'
import { createMemoryHistory, createRouter, RouterProvider } from '@tanstack/react-router'
import { renderToStaticMarkup } from 'react-dom/server'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'

import { AREA_ENTRIES, AREAS } from '../../../../renderer/app/areas.ts'
import { query } from '../../../../renderer/data/api.ts'
import { Areas, frame } from '../../../../renderer/data/areas.ts'
import { parseSearch, stringifySearch } from '../../../../renderer/data/search-params.ts'
import { makeColumns } from '../../../../renderer/features/journal/columns.tsx'
import { SLICE } from '../../../../renderer/ui/table/use-slices.ts'
import type { JournalEntryView } from '../../../../shared/contract/journal.ts'

// Lists draw their lines on whole pixels of a screen.
beforeAll(() => void vi.stubGlobal('devicePixelRatio', 1))
afterAll(() => void vi.unstubAllGlobals())

const ENTRY: JournalEntryView = {
  entry: 34,
  at: Date.parse('2026-11-27T12:00:00Z'),
  operator: 'Mara Lind',
  action: 'key.rotated',
  says: 'Rotation of a key recorded',
  client: null,
  subject: 'prod\u202E<b>key</b>',
  whyNot: null,
}

const { queryKey } = query.journal.list.queryOptions({
  input: { client: undefined, search: undefined, offset: 0, limit: SLICE },
})

/** The HTML of a page with what the service answered before. */
async function render(address: string, prepare: (client: QueryClient) => unknown): Promise<string> {
  const router = createRouter({
    routeTree: frame.addChildren(AREAS),
    history: createMemoryHistory({ initialEntries: [address] }),
    parseSearch,
    stringifySearch,
  })
  await router.load()
  const client = new QueryClient({
    defaultOptions: { queries: { retry: false, retryOnMount: false, staleTime: Infinity } },
  })
  await prepare(client)
  return renderToStaticMarkup(
    <MantineProvider>
      <QueryClientProvider client={client}>
        <Areas value={AREA_ENTRIES}>
          <RouterProvider router={router as never} />
        </Areas>
      </QueryClientProvider>
    </MantineProvider>,
  )
}

const answer = (key: QueryKey, data: unknown) => (client: QueryClient) => client.setQueryData(key, data)

it('the audit log is loading, then without entries, or failed with the reason', async () => {
  expect(await render('/changes/audit', () => undefined)).toContain('aria-label="Loading entries"')
  const none = await render('/changes/audit', answer(queryKey, { total: 0, revision: 1, rows: [] }))
  expect(none).toMatch(/c-empty-title">No entries</u)
  const failed = await render('/changes/audit', (client) =>
    client
      .fetchQuery({ queryKey, queryFn: () => Promise.reject(new Error('The register is locked.')) })
      .catch(() => undefined),
  )
  expect(failed).toContain('role="alert"')
})

it('the audit log with entries is a grid that counts them', async () => {
  const html = await render('/changes/audit', answer(queryKey, { total: 1, revision: 1, rows: [ENTRY] }))
  expect(html).toMatch(/role="grid"[^>]*aria-label="Audit log"|aria-label="Audit log"[^>]*role="grid"/u)
  expect(html).toMatch(/aria-rowcount="2"/u)
})

it('an entry has a button that undoes it, or the reason why it cannot be undone, and shows no hidden text', () => {
  const undone: number[] = []
  const draw = (row: JournalEntryView): string =>
    renderToStaticMarkup(
      <MantineProvider>
        {makeColumns(({ entry }) => undone.push(entry)).map(({ id, cell }) => (
          <div key={id}>{cell(row)}</div>
        ))}
      </MantineProvider>,
    )
  expect(draw(ENTRY)).toMatch(/<button[^>]*>.*Undo.*<\/button>/u)
  expect(draw(ENTRY)).not.toContain('\u202E')
  expect(draw(ENTRY)).not.toContain('<b>')
  const blocked = draw({ ...ENTRY, whyNot: 'A file was written.' })
  expect(blocked).not.toContain('<button')
  expect(blocked).toContain('title="A file was written."')
})

it('a list of leavers without rows is not evaluated where no HR file was read, and names no leavers where one was', async () => {
  const input = {
    client: 'acme',
    search: undefined,
    state: undefined,
    sort: { by: 'pressing', direction: 'asc' },
  } as const
  const list = query.leavers.list.queryOptions({ input: { ...input, offset: 0, limit: SLICE } }).queryKey
  const counted = query.leavers.list.queryOptions({ input: { client: 'acme', offset: 0, limit: 0 } }).queryKey
  const renderLeavers = (reported: boolean): Promise<string> =>
    render('/leavers?client=acme', (client) => {
      for (const key of [list, counted]) client.setQueryData(key, { total: 0, revision: 1, rows: [], reported })
    })
  const unknown = await renderLeavers(false)
  expect(unknown).toMatch(/c-empty-title">Not evaluated</u)
  expect(unknown).toContain('it is not known who has left')
  const none = await renderLeavers(true)
  expect(none).toMatch(/c-empty-title">No leavers</u)
  expect(none).not.toContain('not known')
})
