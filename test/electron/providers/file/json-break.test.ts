import * as fc from 'fast-check'
import { expect, test } from 'vitest'

import { jsonBreak } from '../../../../electron/providers/file/json-break.ts'

function isJson(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}

test('finds nothing in JSON, however it is formatted', () => {
  fc.assert(
    fc.property(fc.jsonValue({ noUnicodeString: false }), fc.constantFrom(0, 2, '\t'), (value, indent) => {
      expect(jsonBreak(` ${JSON.stringify(value, null, indent)}\r\n`)).toBeNull()
    }),
  )
})

test('agrees with the engine on what is JSON', () => {
  const piece = fc.constantFrom(
    '{',
    '}',
    '[',
    ']',
    ',',
    ':',
    '"a"',
    '1',
    '-0.5e3',
    '01',
    'true',
    'nul',
    ' ',
    '\n',
    "'",
    '"\\x"',
  )
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 8 }), (pieces) => {
      const text = pieces.join('')
      expect({ text, ok: jsonBreak(text) === null }).toEqual({ text, ok: isJson(text) })
    }),
    { numRuns: 3000 },
  )
})

test('takes the characters that JSON takes, though a terminal would not', () => {
  expect(jsonBreak('{"\u0085": "\u007f"}')).toBeNull()
  expect(jsonBreak('{"\u001f": 1}')).toBe(1)
})

test.each([
  ['{"a": 1,}', 8],
  ['[1 2]', 3],
  ['{"a": undefined}', 6],
  ['{"a": [1, 2}', 11],
  ['{"a": 1', 7],
  ['', 0],
])('%s breaks at %i', (text, at) => {
  expect(jsonBreak(text)).toBe(at)
})
