import { describe, expect, it } from 'vitest'

import { isSameEnding, keyEnding } from '../../../shared/domain/key-ending.ts'

describe('the ending of a key', () => {
  it.each([
    ['sk-proj-...x9Qa', 'x9Qa'],
    ['sk-admin-…1a-_', '1a-_'],
    ['sk-ant-api03-R2D...igAA', 'igAA'],
    ['********abcd', 'abcd'],
    ['production', ''],
    ['sk-...', ''],
    [null, ''],
  ])('is what follows the hidden part: %s', (hint, ending) => {
    expect(keyEnding(hint)).toBe(ending)
  })

  it('is the same where one is the end of the other, and never where one is unknown', () => {
    expect(isSameEnding('x9Qa', '9Qa')).toBe(true)
    expect(isSameEnding('9Qa', 'x9Qa')).toBe(true)
    expect(isSameEnding('x9Qa', 'x9Qb')).toBe(false)
    expect(isSameEnding('', 'x9Qa')).toBe(false)
    expect(isSameEnding('', '')).toBe(false)
  })
})
