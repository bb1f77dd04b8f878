import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { idParam, parseSearch, rootSearch, stringifySearch } from '../../../renderer/data/search-params.ts'

describe('search params', () => {
  it('reads numbers and truth values, and leaves slugs that look like numbers alone', () => {
    expect(parseSearch('?key=12&privileged=true&client=1e3&q=007')).toEqual({
      key: 12,
      privileged: true,
      client: '1e3',
      q: '007',
    })
  })

  it('takes a client whose slug is a number as text', () => {
    expect(rootSearch.parse(parseSearch('?client=123'))).toEqual({ client: '123' })
  })

  it('drops an id that is none instead of failing', () => {
    for (const wrong of ['x', -1, 0, 1.5, null, {}]) expect(idParam.parse(wrong)).toBeUndefined()
  })

  it('gives back what was written, whatever the text', () => {
    const text = fc.string({ unit: 'grapheme' })
    fc.assert(
      fc.property(fc.record({ q: text, key: fc.nat(), flag: fc.boolean() }), (search) => {
        expect(parseSearch(stringifySearch(search))).toEqual(search)
      }),
    )
  })
})
