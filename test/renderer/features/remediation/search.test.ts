import { expect, it } from 'vitest'

import { searchSchema } from '../../../../renderer/features/remediation/search.ts'
import { parseSearch, stringifySearch } from '../../../../renderer/data/search-params.ts'

it('the address keeps the list, a panel, a preview and the results of a run', () => {
  for (const search of [{ state: 'waiting', remediation: 4 }, { preview: [3, 1] }, { ran: [9] }]) {
    expect(searchSchema.parse(parseSearch(stringifySearch(search)))).toMatchObject(search)
  }
})

it('invalid search params are dropped without an error', () => {
  for (const preview of [[], [0], ['x'], 'all', Array.from({ length: 101 }, (_, n) => n + 1)]) {
    expect(searchSchema.parse({ preview, state: 'lost', remediation: -1 })).toEqual({
      preview: undefined,
      state: undefined,
      remediation: undefined,
      ran: undefined,
    })
  }
})
