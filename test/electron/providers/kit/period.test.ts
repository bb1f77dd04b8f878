import { expect, test } from 'vitest'

import { periodWord } from '../../../../electron/providers/kit/period.ts'

test.each([
  ['daily', 'day'],
  ['weekly', 'week'],
  ['monthly', 'month'],
  ['hourly', 'hourly'],
  ['constructor', 'constructor'],
  ['__proto__', '__proto__'],
])('the period %s of a limit is %s', (sent, word) => {
  expect(periodWord(sent)).toBe(word)
})
