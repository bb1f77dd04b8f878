import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { type AgreedLimit, auditLimit, type MonthLimit } from '../../../../shared/domain/usage/limit-audit.ts'

const USD = 1_000_000
const agreed = (enforcement: 'hard' | 'alert'): AgreedLimit => ({
  amount: 500 * USD,
  enforcement,
  thresholds: [50, 80, 100],
})
const hard = (usd: number): MonthLimit => ({ amount: usd * USD, enforcement: 'hard' })
const alert = (usd: number): MonthLimit => ({ amount: usd * USD, enforcement: 'alert' })

describe('what was agreed, held against what the provider holds', () => {
  it.each([
    ['a hard limit, the same', agreed('hard'), [hard(500)], 'agrees'],
    ['a hard limit and an alert besides', agreed('hard'), [hard(500), alert(400)], 'agrees'],
    ['a hard limit, another amount', agreed('hard'), [hard(600)], 'differs'],
    ['a hard limit, of which only an alert is there', agreed('hard'), [alert(500)], 'differs'],
    ['an alert at the amount', agreed('alert'), [alert(500)], 'agrees'],
    ['an alert at one of its thresholds', agreed('alert'), [alert(400)], 'agrees'],
    ['an alert elsewhere', agreed('alert'), [alert(450)], 'differs'],
    ['an alert, but a lower hard limit stops before it', agreed('alert'), [alert(500), hard(300)], 'differs'],
    ['an alert, and a higher hard limit above it', agreed('alert'), [alert(500), hard(900)], 'agrees'],
  ] as const)('%s', (_what, wanted, held, says) => {
    expect(auditLimit(wanted, held, true)).toBe(says)
  })

  it('tells nothing there from nothing read', () => {
    expect(auditLimit(agreed('hard'), [], true)).toBe('none')
    expect(auditLimit(agreed('hard'), [], false)).toBe('unread')
  })

  it('agrees with itself, and does not with another amount by a cent or more', () => {
    const amounts = fc.integer({ min: 10_000, max: 1e12 })
    fc.assert(
      fc.property(
        amounts,
        fc.constantFrom('hard', 'alert'),
        fc.integer({ min: 10_000, max: 1e9 }),
        (amount, enforcement, by) => {
          const wanted = { amount, enforcement, thresholds: [100] }
          expect(auditLimit(wanted, [{ amount, enforcement }], true)).toBe('agrees')
          expect(auditLimit(wanted, [{ amount: amount + by, enforcement }], true)).toBe('differs')
        },
      ),
    )
  })
})
