import { expect, it } from 'vitest'

import { searchSchema } from '../../../../renderer/features/remediation/search.ts'
import { parseSearch, stringifySearch } from '../../../../renderer/data/search-params.ts'

it('keeps the list, a panel, a preview and what came of a run in the address', () => {
  for (const search of [{ state: 'waiting', remediation: 4 }, { preview: [3, 1] }, { ran: [9] }]) {
    expect(searchSchema.parse(parseSearch(stringifySearch(search)))).toMatchObject(search)
  }
})

it('drops what it cannot use instead of failing', () => {
  for (const preview of [[], [0], ['x'], 'all', Array.from({ length: 101 }, (_, n) => n + 1)]) {
    expect(searchSchema.parse({ preview, state: 'lost', remediation: -1 })).toEqual({
      preview: undefined,
      state: undefined,
      remediation: undefined,
      ran: undefined,
    })
  }
})
