import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { typeEarly } from '../../../renderer/app/early-keys.ts'

const type = (keys: readonly string[]): string => keys.reduce(typeEarly, '')

describe('keys that arrive before the field of the palette has the focus', () => {
  it('are typed in their order, and other keys change nothing', () => {
    expect(type(['g', 'Shift', 'R', ' ', 'ä', '😀', 'F5', 'Tab'])).toBe('gR ä😀')
  })

  it('are removed one by one, whatever they are', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 1 })), (texts) => {
        const keys = texts.flatMap((text) => Array.from(text))
        expect(type(keys)).toBe(keys.join(''))
        expect(type([...keys, ...keys.map(() => 'Backspace'), 'Backspace'])).toBe('')
      }),
    )
  })
})
