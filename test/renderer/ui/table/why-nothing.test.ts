import { expect, it } from 'vitest'

import { whyNothing } from '../../../../renderer/ui/table/many-chip.tsx'

it.each([
  [{ isPending: false, isError: true }, '', /could not be read/u],
  [{ isPending: true, isError: false }, '', /^Reading/u],
  [{ isPending: false, isError: false }, '', /^Nothing to choose$/u],
  [{ isPending: false, isError: false }, 'prod', /^No choice has this text$/u],
  [undefined, '', /^Nothing to choose$/u],
])('a menu without choices distinguishes a failed reading from no choices: %j, typed %j', (reading, typed, words) => {
  expect(whyNothing(reading, typed)).toMatch(words)
})
