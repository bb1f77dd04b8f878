import { expect, it } from 'vitest'

import { sourceOption } from '../../../../../electron/cli/verbs/usage/source.ts'

it.each([
  ['billed', 'billed'],
  ['internal', 'claimed'],
])('--source %s is the source %s', (text, source) => {
  expect(sourceOption().parseArg?.(text, undefined)).toBe(source)
})

it.each(['', 'Billed', 'claimed', 'both', 'constructor', '__proto__', 'toString'])('--source %j is refused', (text) => {
  expect(() => sourceOption().parseArg?.(text, undefined) as unknown).toThrow('Write billed or internal.')
})
