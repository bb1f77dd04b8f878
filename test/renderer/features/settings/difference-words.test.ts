import { expect, it } from 'vitest'

import { describeDifference } from '../../../../renderer/features/settings/policy-preview.tsx'

it.each([
  [3, 1, '3 findings more, 1 fewer'],
  [1, 0, '1 finding more'],
  [0, 1, '1 finding fewer'],
  [0, 1200, '1,200 findings fewer'],
  [0, 0, null],
])('%d findings more and %d fewer are described without a zero', (more, fewer, words) => {
  expect(describeDifference({ more, fewer })).toBe(words)
})
