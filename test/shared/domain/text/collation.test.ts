import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'

import { compareText, orderBy, sortedBy } from '../../../../shared/domain/text/collation.ts'
import { anyString } from '../../../any-string.ts'

const texts = anyString({ maxLength: 6 })

describe('the order of rows', () => {
  test('is by code point of the lower case, then of the text itself', () => {
    expect(['b', 'a', 'B', 'A', 'é', 'z', '10', '9', '', '😀', '\uE000'].sort(compareText)).toEqual([
      '',
      '10',
      '9',
      'A',
      'a',
      'B',
      'b',
      'z',
      'é',
      '\uE000',
      '😀',
    ])
  })

  test('is total: it never depends on the previous order', () => {
    fc.assert(
      fc.property(fc.array(texts), (list) => {
        const sorted = [...list].sort(compareText)
        expect([...list].reverse().sort(compareText)).toEqual(sorted)
        for (const [a, b] of sorted.slice(1).map((text, at) => [sorted[at] ?? '', text] as const)) {
          expect(compareText(a, b) === 0).toBe(a === b)
          expect(compareText(a, b)).toBeLessThanOrEqual(0)
          expect(Math.sign(compareText(b, a))).toBe(-Math.sign(compareText(a, b)) || 0)
        }
      }),
    )
  })

  test('is the same when the keys are calculated first', () => {
    fc.assert(
      fc.property(fc.array(fc.record({ rank: fc.nat(2), text: texts, id: fc.nat(3) })), (list) => {
        const among = (a: { id: number }, b: { id: number }): number => a.id - b.id
        const compare = orderBy<(typeof list)[number]>(
          (a, b) => a.rank - b.rank,
          (a, b) => compareText(a.text, b.text),
          among,
        )
        expect(sortedBy(list, { rank: (item) => item.rank, text: (item) => item.text, among })).toEqual(
          [...list].sort(compare),
        )
      }),
    )
  })
})
