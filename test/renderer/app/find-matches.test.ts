import { assert, property, string, tuple } from 'fast-check'
import { expect, it } from 'vitest'

import { findMatches } from '../../../renderer/app/find-matches.ts'

it('matches ignore case and line breaks, and take each character literally', () => {
  expect(findMatches('Key of a  KEY', 'key')).toEqual([
    { start: 0, end: 3 },
    { start: 10, end: 13 },
  ])
  expect(findMatches('prod\n   web', ' prod web ')).toEqual([{ start: 0, end: 11 }])
  expect(findMatches('a.b (c) [d] \\ a+b', 'a+b')).toEqual([{ start: 14, end: 17 }])
  const printable = Array.from({ length: 94 }, (_, at) => String.fromCharCode(33 + at)).join('')
  expect(findMatches(printable, printable)).toEqual([{ start: 0, end: 94 }])
  expect(findMatches('GRÖßE', 'größe')).toEqual([{ start: 0, end: 5 }])
})

it('an empty search finds nothing', () => {
  expect(findMatches('anything', '')).toEqual([])
  expect(findMatches('anything', '  ')).toEqual([])
})

it('any part of a text is found in it, whatever its characters', () => {
  const part = tuple(string({ unit: 'grapheme' }), string({ unit: 'grapheme', minLength: 1 }), string())
  assert(
    property(part, ([before, wanted, after]) => {
      const text = `${before}${wanted}${after}`
      const found = findMatches(text, wanted)
      expect(found.length > 0).toBe(wanted.trim() !== '')
    }),
  )
})
