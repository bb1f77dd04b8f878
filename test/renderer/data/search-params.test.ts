import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { idParam, parseSearch, rootSearch, stringifySearch } from '../../../renderer/data/search-params.ts'

describe('search params', () => {
  it('numbers and truth values are parsed, and slugs that look like numbers stay text', () => {
    expect(parseSearch('?key=12&privileged=true&client=1e3&q=007')).toEqual({
      key: 12,
      privileged: true,
      client: '1e3',
      q: '007',
    })
  })

  it('a client slug that is a number is read as text', () => {
    expect(rootSearch.parse(parseSearch('?client=123'))).toEqual({ client: '123' })
  })

  it('an invalid id is dropped without an error', () => {
    for (const wrong of ['x', -1, 0, 1.5, null, {}]) expect(idParam.parse(wrong)).toBeUndefined()
  })

  it('any text is written and parsed back unchanged', () => {
    const text = fc.string({ unit: 'grapheme' })
    fc.assert(
      fc.property(fc.record({ q: text, key: fc.nat(), flag: fc.boolean() }), (search) => {
        expect(parseSearch(stringifySearch(search))).toEqual(search)
      }),
    )
  })
})
