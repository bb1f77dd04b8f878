import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { breakText, cutTo, computeWidth } from '../../../../../electron/cli/kit/text/width.ts'

describe('computeWidth', () => {
  it.each([
    ['', 0],
    ['Jane Smith', 10],
    ['Zoe\u0308', 3],
    ['山田 花子', 9],
    ['김민서', 6],
    ['🦊', 2],
    ['👩‍🌾', 2],
    ['👩🏽‍🌾👨‍🌾', 4],
    ['🇳🇴', 2],
    ['❤', 1],
    ['❤️', 2],
    ['1️⃣', 2],
    ['ليلى', 4],
    ['ＡＢ', 4],
    ['\u200f', 0],
    ['䷀', 2],
    ['✗ overdue 309 d', 15],
    ['…x9Qa', 5],
  ])('%j takes %i columns', (text, width) => {
    expect(computeWidth(text)).toBe(width)
  })
})

const ALONE = ['a', '0', ' ', 'é', 'Ω', 'Я', '…', '✗', '→', '©', '—', '山', '田', 'か', 'ガ', '가', 'Ａ', '𝄞', '①']
const EMOJI = ['🦊', '👩', '🏽', '🇳', '🇴']
const JOINING = ['\u0308', '\u200d', '\ufe0f', '\u200f', '\u1100', '\u1161', 'ล', 'ำ', 'ل', 'क', '्', '\ud800']

/** By graphemes, as text is drawn, each with the width of its parts. */
function widthByGraphemes(text: string): number {
  const parts = [...new Intl.Segmenter('en', { granularity: 'grapheme' }).segment(text)]
  return parts.reduce((sum, { segment }) => sum + computeWidth(`${segment}\u{e0001}`), 0)
}

it('computeWidth is the sum over what is drawn as one, for any text', () => {
  // A tag has no width, and a text with one is measured by its graphemes.
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom(...ALONE, ...EMOJI, ...JOINING) }), (text) => {
      expect(computeWidth(text)).toBe(widthByGraphemes(text))
    }),
    { numRuns: 2000 },
  )
})

describe('cutTo', () => {
  it('keeps what fits', () => {
    expect(cutTo('Jane', 4)).toBe('Jane')
  })

  it('marks what it cuts and never splits a character', () => {
    expect(cutTo('山田 花子', 6)).toBe('山田 …')
    expect(cutTo('👩‍🌾👨‍🌾', 3)).toBe('👩‍🌾…')
  })

  it('stays within the width for any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.integer({ min: 1, max: 30 }), (text, columns) => {
        expect(computeWidth(cutTo(text, columns))).toBeLessThanOrEqual(columns)
      }),
    )
  })
})

describe('breakText', () => {
  it('breaks a word that is longer than the line between two characters, and never in one', () => {
    expect(breakText('a word abcdefghi🦊 and more', 10)).toEqual(['a word', 'abcdefghi', '🦊 and', 'more'])
    expect(breakText('Zoe\u0308Zoe\u0308', 3)).toEqual(['Zoe\u0308', 'Zoe\u0308'])
  })

  it('keeps every character of a text, within the width wherever one fits', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom(...ALONE, ...EMOJI, ' ') }),
        fc.integer({ min: 2, max: 12 }),
        (text, columns) => {
          const lines = breakText(text, columns)
          expect(lines.join('').replaceAll(' ', '')).toBe(text.replaceAll(' ', ''))
          for (const line of lines) {
            expect(line.isWellFormed()).toBe(true)
            expect(computeWidth(line)).toBeLessThanOrEqual(columns)
          }
        },
      ),
    )
  })
})
