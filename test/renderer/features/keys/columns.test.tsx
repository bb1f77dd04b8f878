import { renderToStaticMarkup } from 'react-dom/server'
import { expect, it } from 'vitest'

import { KEY_COLUMNS } from '../../../../renderer/features/keys/columns.tsx'
import type { KeyRow } from '../../../../shared/contract/keys.ts'

it.each([
  ['none', 'Never'],
  ['not-reported', 'Not reported'],
] as const)('a key without a day on which it expires (%s) is shown and copied as “%s”', (endState, words) => {
  const row = { expiresAt: null, endState } as KeyRow
  const column = KEY_COLUMNS.find(({ id }) => id === 'expires')
  expect(renderToStaticMarkup(<>{column?.cell(row)}</>)).toBe(`<span class="c-quiet">${words}</span>`)
  expect(column?.text(row)).toBe(words)
})
