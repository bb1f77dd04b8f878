import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { cutTo, computeWidth } from '../../../../../electron/cli/kit/text/width.ts'

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
  ])('%j takes %i columns', (text, width) => {
    expect(computeWidth(text)).toBe(width)
  })
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
