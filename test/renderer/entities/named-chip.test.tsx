import { MantineProvider } from '@mantine/core'
import { ORPCError } from '@orpc/client'
import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import type { ReactElement } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import { expect, it } from 'vitest'

import { query } from '../../../renderer/data/api.ts'
import { AccountChip } from '../../../renderer/entities/account-chip.tsx'
import { NamedChip } from '../../../renderer/entities/named-chip.tsx'

const NO_ONE = (): undefined => undefined

/** The text of a chip, with the answers that the service gave so far. */
function textOf(chip: ReactElement, answers: readonly (readonly [readonly unknown[], unknown])[] = []): string {
  const client = new QueryClient()
  for (const [key, data] of answers) client.setQueryData(key, data)
  const html = renderToStaticMarkup(
    <QueryClientProvider client={client}>
      <MantineProvider>{chip}</MantineProvider>
    </QueryClientProvider>,
  )
  return html.replaceAll(/<style[^]*?<\/style>|<[^>]+>/gu, '')
}

it.each([
  [{ isPending: true, error: null }, undefined, 'Key'],
  [{ isPending: false, error: null }, 'prod-web', 'Key: prod-web'],
  [{ isPending: false, error: null }, ' ', 'Key: No name'],
  [{ isPending: false, error: new ORPCError('NOT_FOUND') }, undefined, 'Key: Not found'],
  [{ isPending: false, error: new Error('no port') }, undefined, 'Key: Not read'],
])('a chip has the name of what it filters by, or why that is not known, and never a number: %j', (of, name, text) => {
  expect(textOf(<NamedChip label="Key" of={of} name={name} onRemove={NO_ONE} />)).toBe(text)
})

it('an account without a role is named, as one with a role is', () => {
  const chip = <AccountChip value={7} onChange={NO_ONE} />
  const access = query.access.list.queryKey({ input: { principal: 7, limit: 1 } })
  const impact = query.impact.get.queryKey({ input: { kind: 'principal', id: 7 } })
  const none = [access, { rows: [], total: 0 }] as const
  expect(textOf(chip)).toBe('Account')
  expect(textOf(chip, [none])).toBe('Account')
  expect(textOf(chip, [none, [impact, { subject: { name: 'ci-deploy' } }]])).toBe('Account: ci-deploy')
  const row = { principal: { name: 'web', email: null, externalId: 'sa_1' } }
  expect(textOf(chip, [[access, { rows: [row], total: 1 }]])).toBe('Account: web')
})
