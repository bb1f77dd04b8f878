import * as fc from 'fast-check'
import { expect, it } from 'vitest'

import { type Facts, isWorse } from '../../../../shared/domain/today/worse.ts'

const facts = (risk: number, count: number, reason = ''): Facts => ({ risk, numbers: { count }, words: { reason } })

it('a matter is worse when its risk is higher, or at the same risk a number grew or a word changed', () => {
  expect(isWorse(facts(8, 3), facts(8, 3))).toBe(false)
  expect(isWorse(facts(8, 4), facts(8, 3))).toBe(true)
  expect(isWorse(facts(8, 2), facts(8, 3))).toBe(false)
  expect(isWorse(facts(16, 1), facts(8, 3))).toBe(true)
  expect(isWorse(facts(4, 9), facts(8, 3))).toBe(false)
  expect(isWorse(facts(8, 3, 'refused'), facts(8, 3, 'failed'))).toBe(true)
})

it('no two states of a matter with the same words are each worse than the other in every number', () => {
  const some = fc.record({
    risk: fc.constantFrom(2, 4, 8, 16),
    numbers: fc.record({ count: fc.nat(5) }),
    words: fc.constant({}),
  })
  fc.assert(
    fc.property(some, some, (a, b) => {
      expect(isWorse(a, b) && isWorse(b, a)).toBe(false)
    }),
  )
})
