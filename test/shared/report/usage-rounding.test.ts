import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { cellText, usd, type DocumentTable } from '../../../shared/report/usage-document.ts'
import { addingUp, roundDays } from '../../../shared/report/usage-rounding.ts'

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
  it('shows amounts that add up to the shown total, each at most a cent from its own', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -(10 ** 8), max: 10 ** 12 }), { minLength: 1 }), (amounts) => {
        const { rows, total } = addingUp(makeTable(amounts, sum(amounts)))
        const shown = [...rows].map((row) => toCents(cellText(row[1] ?? null)))
        expect(sum(shown)).toBe(toCents(cellText(total?.[1] ?? null)))
        amounts.forEach((amount, at) => expect(Math.abs((shown[at] ?? 0) * 10_000 - amount)).toBeLessThan(10_000))
      }),
    )
  })

  it('shows less than a cent where an amount is rounded to nothing', () => {
    const { rows } = addingUp(makeTable([1_000_000, 6_000], 1_006_000))
    expect([...rows].map((row) => cellText(row[1] ?? null))).toEqual(['1.00', '0.01'])
    expect([...addingUp(makeTable([4_000, 4_000, 1_000], 9_000)).rows].map((row) => cellText(row[1] ?? null))).toEqual([
      '0.01',
      '<0.01',
      '<0.01',
    ])
  })

  it('keeps a total that is not the sum of its rows', () => {
    const table = makeTable([1_005_000], 5_000_000)
    const { rows, total } = addingUp(table)
    expect([[...rows], total]).toEqual([table.rows, table.total])
  })
})

it('days and names add up in both directions, and all of them to their rounded sum', () => {
  const day = fc.array(fc.nat(10 ** 9), { minLength: 3, maxLength: 3 })
  fc.assert(
    fc.property(fc.array(day, { minLength: 1, maxLength: 31 }), (days) => {
      const rounded = roundDays(days, 3)
      const exact = sum(days.flat())
      expect(Math.abs(sum(rounded.flat()) - exact)).toBeLessThanOrEqual(5_000)
      for (const cell of rounded.flat()) expect(cell % 10_000).toBe(0)
      for (const [at, one] of days.entries()) {
        one.forEach((value, name) => expect(Math.abs((rounded[at]?.[name] ?? 0) - value)).toBeLessThan(10_000))
      }
    }),
  )
})
