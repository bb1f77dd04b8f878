import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import {
  type Reconciliation,
  COVERAGE_MEASURES,
  computeReconciliation,
  type ReconciliationCell,
  type ReconciliationUse,
  isCoveredTo,
  percentOfBilled,
  reconcile,
  sumReconciliation,
} from '../../../../shared/domain/usage/reconciliation.ts'

const getUse = (amount: fc.Arbitrary<number>): fc.Arbitrary<ReconciliationUse> =>
  fc.record({
    day: fc.integer({ min: 20_000, max: 20_002 }),
    project: fc.constantFrom('', 'a', 'b', 'c'),
    model: fc.constantFrom('', 'm', 'n'),
    amounts: fc.record({ cost: amount, tokens: fc.nat(1_000_000_000_000), requests: fc.nat(20) }),
  })

const billed = fc.array(getUse(fc.integer({ min: -1000, max: 9_000_000_000_000 })), { maxLength: 15 })
const claimed = fc.array(getUse(fc.nat(9_000_000_000_000)), { maxLength: 15 })

const total = (uses: readonly ReconciliationUse[], measure: 'cost' | 'tokens' | 'requests'): number =>
  uses.reduce((sum, { amounts }) => sum + amounts[measure], 0)

const sums = (cells: readonly ReconciliationCell[], measure: 'cost' | 'tokens' | 'requests'): Reconciliation =>
  sumReconciliation(cells.map(({ sides }) => computeReconciliation(sides[measure])))

const use = (project: string, cost: number, more: Partial<ReconciliationUse> = {}): ReconciliationUse => ({
  day: 20_000,
  project,
  model: 'm',
  amounts: { cost, tokens: 0, requests: 0 },
  ...more,
})

const byProject = (cells: readonly ReconciliationCell[]): unknown =>
  Object.fromEntries(cells.map(({ project, sides }) => [project, computeReconciliation(sides.cost)]))

describe('internal records compared with bills', () => {
  it('lose nothing: both sides add up to the input, and every group to the total, whatever it is grouped by', () => {
    fc.assert(
      fc.property(billed, claimed, (bills, claims) => {
        const cells = reconcile(bills, claims)
        for (const measure of COVERAGE_MEASURES) {
          const all = sums(cells, measure)
          expect(all.billed).toBe(total(bills, measure))
          expect(all.claimed).toBe(total(claims, measure))
          expect(all.covered + all.uncovered).toBe(all.billed)
          expect(all.covered + all.overClaimed).toBe(all.claimed)
          for (const by of ['day', 'project', 'model'] as const) {
            const groups = [...Map.groupBy(cells, (cell) => cell[by]).values()].map((group) => sums(group, measure))
            expect(sumReconciliation(groups)).toEqual(all)
          }
        }
      }),
    )
  })

  it('cover no more than the bill of a day, project and model and no more than the records; what is divided only fills gaps', () => {
    fc.assert(
      fc.property(billed, claimed, (bills, claims) => {
        for (const { day, project, model, sides } of reconcile(bills, claims)) {
          const { covered, claimed: of, shared, billed: bill, overClaimed } = computeReconciliation(sides.cost)
          const own = total(
            claims.filter((one) => one.day === day && one.project === project && one.model === model),
            'cost',
          )
          expect(covered).toBeGreaterThanOrEqual(0)
          expect(covered).toBeLessThanOrEqual(Math.max(0, bill))
          expect(shared).toBeGreaterThanOrEqual(0)
          expect(project === '' || of === own + shared).toBe(true)
          expect(shared === 0 || overClaimed === 0).toBe(true)
        }
      }),
    )
  })

  it('without a project are divided by what is missing on the same day and model, to the last micro-dollar', () => {
    const cells = reconcile(
      [use('a', 100), use('b', 200), use('c', 50, { model: 'n' }), use('d', 70, { day: 20_001 })],
      [use('', 101), use('a', 60)],
    )
    expect(byProject(cells)).toMatchObject({
      a: { claimed: 76, shared: 16, covered: 76, uncovered: 24 },
      b: { claimed: 85, shared: 85, covered: 85, uncovered: 115 },
      c: { covered: 0, uncovered: 50 },
      d: { covered: 0, uncovered: 70 },
      '': { claimed: 0, overClaimed: 0 },
    })
  })

  it('that exceed what is missing stay without a project', () => {
    expect(byProject(reconcile([use('a', 100), use('', 10)], [use('', 150)]))).toMatchObject({
      a: { covered: 100, shared: 100, overClaimed: 0 },
      '': { billed: 10, claimed: 50, covered: 10, overClaimed: 40 },
    })
  })

  it('cover nothing of a credit', () => {
    expect(computeReconciliation({ billed: -5, claimed: 3, shared: 0 })).toMatchObject({
      covered: 0,
      uncovered: -5,
      overClaimed: 3,
    })
  })
})

describe('per cent of what is billed', () => {
  const of = (bill: number, claim: number): Reconciliation =>
    computeReconciliation({ billed: bill, claimed: claim, shared: 0 })

  it('is 100 only when all is covered', () => {
    expect(percentOfBilled(of(100_000, 99_999))).toEqual({ covered: 99.9, uncovered: 0.1, overClaimed: 0 })
    expect(percentOfBilled(of(1000, 1500))).toEqual({ covered: 100, uncovered: 0, overClaimed: 50 })
    expect(percentOfBilled(of(0, 10))).toBeNull()
  })

  it('is compared with a bound without rounding; if nothing is billed, it is not covered', () => {
    expect([isCoveredTo(of(3, 2), 66), isCoveredTo(of(3, 2), 67), isCoveredTo(of(0, 2), 0)]).toEqual([
      true,
      false,
      false,
    ])
  })
})
