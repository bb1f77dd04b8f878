import * as fc from 'fast-check'
import { expect, it } from 'vitest'

import { compareFolded, foldName, LAST_CHARACTER } from '../../../../shared/domain/text/fold-name.ts'

const some = fc.string({ unit: fc.constantFrom('a', 'B', 'Σ', 'ς', '\u{FFFD}', '\u{1D4B3}', '\u{10FFFF}', '\uD800') })

it('names are compared without regard to case', () => {
  expect(foldName('Équipe ΟΔΟΣ')).toBe(foldName('ÉQUIPE οδος'))
})

it('folded names are ordered as SQLite orders their bytes', () => {
  fc.assert(
    fc.property(some, some, (a, b) => {
      const [x, y] = [foldName(a), foldName(b)]
      expect(Math.sign(compareFolded(x, y))).toBe(Buffer.compare(Buffer.from(x), Buffer.from(y)))
    }),
  )
})

it('a folded name begins with a text exactly when it is between the text and the text with the last character', () => {
  fc.assert(
    fc.property(some, some, (a, b) => {
      const [name, text] = [foldName(a), foldName(b)]
      const between = compareFolded(name, text) >= 0 && compareFolded(name, text + LAST_CHARACTER) < 0
      expect(between).toBe(name.startsWith(text))
    }),
  )
})
