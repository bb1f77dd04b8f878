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

describe('an agreed limit, compared with what the provider holds', () => {
  it.each([
    ['a hard limit, the same', agreed('hard'), [hard(500)], 'agrees'],
    ['a hard limit and also an alert', agreed('hard'), [hard(500), alert(400)], 'agrees'],
    ['a hard limit, another amount', agreed('hard'), [hard(600)], 'differs'],
    ['a hard limit, but only an alert exists', agreed('hard'), [alert(500)], 'differs'],
    ['an alert at the amount', agreed('alert'), [alert(500)], 'agrees'],
    ['an alert at one of its thresholds', agreed('alert'), [alert(400)], 'agrees'],
    ['an alert elsewhere', agreed('alert'), [alert(450)], 'differs'],
    ['an alert, but a lower hard limit stops before it', agreed('alert'), [alert(500), hard(300)], 'differs'],
    ['an alert, and a higher hard limit above it', agreed('alert'), [alert(500), hard(900)], 'agrees'],
  ] as const)('%s', (_what, wanted, held, says) => {
    expect(auditLimit(wanted, held, true)).toBe(says)
  })

  it('distinguishes no limit from an unread list', () => {
    expect(auditLimit(agreed('hard'), [], true)).toBe('none')
    expect(auditLimit(agreed('hard'), [], false)).toBe('unread')
  })

  it('agrees with itself, and not with an amount that differs by a cent or more', () => {
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
