import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { cellText, usd, type DocumentTable } from '../../../shared/report/usage-document.ts'
import { shownRows } from '../../../shared/report/usage-rounding.ts'

const sum = (all: readonly number[]): number => all.reduce((total, one) => total + one, 0)

/** Cents of a cell as it is shown; less than a cent is nothing. */
function toCents(text: string): number {
  return /^[<>]/u.test(text) ? 0 : Math.round(Number(text.replaceAll(',', '').replace('−', '-')) * 100)
}

function makeTable(amounts: readonly number[], total: number): DocumentTable {
  return {
    type: 'table',
    name: 'Projects',
    head: ['Project', 'USD'],
    rows: amounts.map((amount, at) => [`p${at}`, usd(amount)]),
    total: ['All', usd(total)],
  }
}

describe('a table of a report', () => {
  it('shows amounts and a rounding that add up to the shown total, each amount rounded by itself', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -(10 ** 12), max: 10 ** 12 }), { minLength: 1 }), (amounts) => {
        const table = makeTable(amounts, sum(amounts))
        const shown = [...shownRows(table)].map((row) => toCents(cellText(row[1] ?? null)))
        expect(sum(shown)).toBe(toCents(cellText(table.total?.[1] ?? null)))
        amounts.forEach((amount, at) => expect(Math.abs((shown[at] ?? 0) * 10_000 - amount)).toBeLessThanOrEqual(5_000))
      }),
    )
  })

  it('shows the same amount for the same spend whatever else is in the table', () => {
    const shown = (amounts: readonly number[]): string[] =>
      [...shownRows(makeTable(amounts, sum(amounts)))].map((row) => cellText(row[1] ?? null))
    expect(shown([3_895_000, 1_000_000])).toEqual(['3.90', '1.00'])
    expect(shown([3_895_000, 3_895_000, 3_895_000])).toEqual(['3.90', '3.90', '3.90', '−0.01'])
    expect(shown([4_000, 4_000, 1_000])).toEqual(['<0.01', '<0.01', '<0.01', '0.01'])
  })

  it('has no rounding below a total that is not the sum of its rows', () => {
    const table = makeTable([1_005_000], 5_000_000)
    expect([...shownRows(table)]).toEqual(table.rows)
  })
})
