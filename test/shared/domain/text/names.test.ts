import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { confusable } from '../../../../shared/domain/text/names.ts'

describe('two names', () => {
  it.each([
    ['Northfold Studio', 'northfold studio'],
    ['Acme Corp', ' ACME-Corp. '],
    ['Acme Corp', 'Acmе Cοrp'],
    ['Café', 'Cafe\u0301'],
    ['Acme', 'Ac\u200bme'],
    ['B0reas', 'Boreas'],
    ['???', ' ??? '],
  ])('can be taken for each other: %j and %j', (one, other) => {
    expect(confusable(one, other)).toBe(true)
  })

  it.each([
    ['Acme', 'Acme 2'],
    ['日本', '日木'],
    ['Ali', 'All'],
    ['???', '!!!'],
  ])('are distinct: %j and %j', (one, other) => {
    expect(confusable(one, other)).toBe(false)
  })

  it('can be taken for each other in either order, and each for itself in any case', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'grapheme' }), (one, other) => {
        expect(confusable(one, other)).toBe(confusable(other, one))
        expect(confusable(one, one)).toBe(true)
        const letters = one.replaceAll(/[^a-z ]/gu, '')
        expect(confusable(letters, letters.toUpperCase())).toBe(true)
      }),
    )
  })
})
