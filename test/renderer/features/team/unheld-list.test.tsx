import { MantineProvider } from '@mantine/core'
import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { renderToStaticMarkup } from 'react-dom/server'
import { expect, it } from 'vitest'

import { query } from '../../../../renderer/data/api.ts'
import { UnheldList } from '../../../../renderer/features/team/unheld-list.tsx'
import type { ClientFigures, TeamStatus, UnheldClient } from '../../../../shared/contract/team.ts'

const FIGURES: ClientFigures = {
  name: 'Borealis\u202e',
  slug: 'borealis',
  colour: '#336699',
  connections: 1,
  notRead: 0,
  people: 12,
  keys: 34,
  due: 2,
  overdue: 3,
  findings: { critical: 1, high: 2, medium: 3, low: 0, info: 1 },
  lastSync: '2026-11-26',
  lastReview: null,
  entries: 5678,
}
const toUid = (at: number): string => `01890000-0000-7000-8000-${String(at).padStart(12, '0')}`

function draw(clients: readonly UnheldClient[]): string {
  const queries = new QueryClient()
  queries.setQueryData(query.team.unheld.queryKey(), { clients: [...clients], problem: null })
  return renderToStaticMarkup(
    <MantineProvider>
      <QueryClientProvider client={queries}>
        <UnheldList team={{ unheld: clients.length } as TeamStatus} hold={() => undefined} />
      </QueryClientProvider>
    </MantineProvider>,
  )
}

const listCells = (html: string): readonly string[] =>
  [...html.matchAll(/<td[^>]*>(.*?)<\/td>/gu)].map(([, cell = '']) => cell.replaceAll(/<[^>]+>/gu, ''))

it('a client that this device does not hold shows its figures, and dashes instead of zeros where nothing is known', () => {
  expect(draw([])).not.toContain('Clients not on this device')
  const html = draw([
    { uid: toUid(1), figures: FIGURES, writtenAt: Date.parse('2026-11-27T08:00:00Z') },
    { uid: toUid(2), figures: null, writtenAt: null },
  ])
  expect(html).toContain('You may see 2 more clients.')
  const cells = listCells(html)
  expect(cells.slice(0, 7)).toEqual(['12', '34', '5', '7', '26 Nov 2026', '–', '5,678'])
  expect(cells.slice(9, 17)).toEqual(Array.from({ length: 8 }, () => '–'))
  expect(html).toContain(`Hold ${toUid(2)}…`)
  expect(html).not.toContain('\u202e')
})

it('of very many clients a part is shown, and how many there are', () => {
  const html = draw(Array.from({ length: 1800 }, (_, at) => ({ uid: toUid(at), figures: FIGURES, writtenAt: 0 })))
  expect(html).toContain('100 of 1,800 clients shown')
  expect(listCells(html)).toHaveLength(900)
})
