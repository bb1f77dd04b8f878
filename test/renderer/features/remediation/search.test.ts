import { expect, it } from 'vitest'

import { parseSearch, stringifySearch } from '../../../../renderer/data/search-params.ts'
import { searchSchema } from '../../../../renderer/features/remediation/search.ts'

it('the address keeps the list, a panel and what a flow begins with', () => {
  for (const search of [{ state: 'waiting', remediation: 4 }, { start: 'person:7' }]) {
    expect(searchSchema.parse(parseSearch(stringifySearch(search)))).toMatchObject(search)
  }
})

it('invalid search params are dropped without an error', () => {
  expect(searchSchema.parse({ start: ['x'], state: 'lost', remediation: -1 })).toEqual({
    start: undefined,
    state: undefined,
    remediation: undefined,
  })
})
