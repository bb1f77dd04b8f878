import { expect, it } from 'vitest'

import { findRequirements } from '../../../shared/domain/attest.ts'

it.each([
  ['ROTATED', 1, false, false, null],
  ['ROTATED', 1, true, true, null],
  ['ROTATED', 2, false, true, null],
  ['ROTATED', 10, false, true, 'ROTATED 10'],
  ['ACCEPT', 1, false, true, null],
  ['ACCEPT', 1, true, true, 'ACCEPT 1'],
  ['ACCEPT', 10, false, true, 'ACCEPT 10'],
  ['ARCHIVE', 9, false, false, null],
  ['ARCHIVE', 0, true, true, null],
  ['ARCHIVE', 10, false, false, 'ARCHIVE 10'],
] as const)('%s of %i, grave %s, needs a reason: %s, and the word %s', (verb, count, isGrave, isReasonNeeded, word) => {
  expect(findRequirements(verb, { count, isGrave })).toEqual({ isReasonNeeded, word })
})
