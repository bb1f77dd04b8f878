import { MantineProvider } from '@mantine/core'
import { renderToStaticMarkup } from 'react-dom/server'
import { expect, it } from 'vitest'

import { MissingFilter } from '../../../../renderer/entities/views/view-tabs.tsx'
import { findArrived } from '../../../../renderer/entities/views/view-state.ts'
import { NO_ROW } from '../../../../shared/contract/view-subjects.ts'
import type { ViewList, ViewSearch } from '../../../../shared/contract/views.ts'

function textOf(list: ViewList, search: ViewSearch): string {
  const html = renderToStaticMarkup(
    <MantineProvider>
      <MissingFilter list={list} search={search} />
    </MantineProvider>,
  )
  return html.replaceAll(/<style[^]*?<\/style>|<[^>]+>/gu, '')
}

it('a list names each filter that names nothing in this register, and is silent about the others', () => {
  expect(textOf('keys', { connection: NO_ROW, owner: 3, q: 'prod' })).toBe(
    'The filter by connection names no connection in this register. ' +
      'It may come with the next sync or exchange. Until then no row matches; remove the filter to list the others.',
  )
  expect(textOf('keys', { connection: NO_ROW, owner: NO_ROW })).toContain(
    'names no connection in this register. The filter by person names no single person in this register. It may',
  )
  expect(textOf('access', { principal: NO_ROW })).toContain('The filter by account names no account')
  expect(textOf('keys', { connection: 2, within: 7 })).toBe('')
  // The list of projects does not filter by one: the param opens a panel.
  expect(textOf('projects', { project: NO_ROW })).toBe('')
})

it('what a view names is filtered by once the register has it, and the other filters stay', () => {
  const now = { connection: NO_ROW, owner: NO_ROW, q: 'typed' }
  expect(findArrived('keys', now, { connection: 4, owner: NO_ROW, q: 'prod' })).toEqual({ connection: 4 })
  expect(findArrived('keys', now, undefined)).toEqual({})
  expect(findArrived('keys', { connection: 2 }, { connection: 4 })).toEqual({})
})
