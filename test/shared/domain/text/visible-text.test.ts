import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { plainJson, plainText, visibleText } from '../../../../shared/domain/text/visible-text.ts'
import { HOSTILE, RAW } from '../../../hostile-register.ts'
import { hostileText } from '../../report/hostile-text.ts'

const tags = (letters: string): string =>
  Array.from(letters, (letter) => String.fromCodePoint(0xe0000 + (letter.codePointAt(0) ?? 0))).join('')

const text = fc
  .array(fc.oneof(hostileText, fc.constantFrom(...Array.from(HOSTILE))), { maxLength: 6 })
  .map((parts) => parts.join(''))

describe('visible text', () => {
  it('keeps honest text unchanged: families, flags, Han variants, Persian, Devanagari, Hebrew with its marks', () => {
    const honest = ['👩‍👩‍👧‍👦', '❤️', '🏴󠁧󠁢󠁥󠁮󠁧󠁿 England', '🏴‍☠️', '葛󠄀飾区', 'می‌خواهم', 'क्‍ष', '\u200Fשלום', 'a\nb\tc', '1️⃣']
    for (const name of honest) expect(visibleText(name)).toBe(name)
  })

  it.each([
    ['tags after a letter', `a${tags('hide')}`, 'a<U+E0068><U+E0069><U+E0064><U+E0065>'],
    ['tags without a flag', `\u{1F3F4}${tags('usx')}\u{E007F}`, '\u{1F3F4}<U+E0075><U+E0073><U+E0078><U+E007F>'],
    ['a run of selectors', '☺\uFE0F\uFE01\u{E0100}', '☺\uFE0F<U+FE01><U+E0100>'],
    ['a selector without a character', ' \uFE0F', ' <U+FE0F>'],
    ['joiners between Latin letters', 'ad\u200Dm\u200Cin', 'ad<U+200D>m<U+200C>in'],
    ['controls', '\u001B[31m\u009B\u007F', '␛[31m\uFFFD␡'],
  ])('names %s', (_what, hidden, shown) => {
    expect(visibleText(hidden)).toBe(shown)
  })

  it('names a joiner after a selector that is out of place itself', () => {
    expect(visibleText('\uFE0F\u200D')).toBe('<U+FE0F><U+200D>')
    expect(visibleText('\u2764\uFE0F\u200D\u{1F525}')).toBe('\u2764\uFE0F\u200D\u{1F525}')
  })

  it('does not change when it is applied twice', () => {
    fc.assert(
      fc.property(text, (each) => {
        expect(visibleText(visibleText(each))).toBe(visibleText(each))
      }),
    )
  })
})

describe('plain text', () => {
  it('contains nothing that acts or hides, except carriage returns, and does not change when it is applied twice', () => {
    fc.assert(
      fc.property(text, (each) => {
        expect(plainText(each).replaceAll('\r', '')).not.toMatch(RAW)
        expect(plainText(plainText(each))).toBe(plainText(each))
      }),
    )
  })
})

describe('plain JSON', () => {
  it('is exactly the same document, and contains nothing that acts or hides', () => {
    fc.assert(
      fc.property(text, (each) => {
        const json = plainJson(JSON.stringify({ [each]: each }))
        expect(JSON.parse(json)).toEqual({ [each]: each })
        expect(json).not.toMatch(RAW)
      }),
    )
  })
})
