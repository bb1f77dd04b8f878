import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { renderToStaticMarkup } from 'react-dom/server'
import { expect, it, vi } from 'vitest'

import { query } from '../../../renderer/data/api.ts'
import { ScopeFact } from '../../../renderer/entities/scope-fact.tsx'
import type { Client } from '../../../shared/contract/clients.ts'

const scope = vi.hoisted(() => ({ client: undefined as string | undefined }))

vi.mock('../../../renderer/data/scope.ts', () => ({ useScope: () => scope }))

const ACME: Client = {
  slug: 'acme',
  name: 'Acme Corp',
  kind: 'client',
  colour: '#332288',
  domains: [],
  notes: '',
  connections: 0,
  createdAt: 0,
  archivedAt: null,
}

function shown(client: string | undefined, read: readonly Client[] | null): string {
  scope.client = client
  const queries = new QueryClient()
  if (read !== null) queries.setQueryData(query.client.list.queryKey({ input: { archived: false } }), [...read])
  return renderToStaticMarkup(
    <QueryClientProvider client={queries}>
      <ScopeFact />
    </QueryClientProvider>,
  )
}

it('the scope of a file is never all clients while the name of the one in scope is being read', () => {
  expect(shown('acme', null)).toContain('<dd>acme</dd>')
  expect(shown('acme', [ACME])).toContain('<dd>Acme Corp</dd>')
  expect(shown(undefined, null)).toContain('<dd>All clients</dd>')
})

it('every form that writes a file shows its scope by this', async () => {
  const { readFileSync } = await import('node:fs')
  for (const view of ['files/export-view.tsx', 'reports/make-view.tsx']) {
    const source = readFileSync(new URL(`../../../renderer/features/${view}`, import.meta.url), 'utf8')
    expect(source).toContain('<ScopeFact />')
    expect(source).not.toContain('All clients')
  }
})
