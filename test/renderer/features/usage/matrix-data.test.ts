import { describe, expect, it } from 'vitest'

import { computeLayout } from '../../../../renderer/features/usage/matrix-data.ts'

describe('the matrix of pairs', () => {
  it('lists the most expensive first, adds up equal names, and counts the rest', () => {
    const cells = [
      { row: 'a', column: 'x', cost: 5, input: 0, output: 0 },
      { row: 'b', column: 'x', cost: 20, input: 0, output: 0 },
      { row: 'b', column: 'x', cost: 1, input: 0, output: 0 },
      { row: null, column: 'y', cost: 2, input: 0, output: 0 },
      ...Array.from({ length: 30 }, (_, n) => ({ row: `k${n}`, column: `c${n}`, cost: 0, input: 0, output: 0 })),
    ]
    const layout = computeLayout(cells)
    expect(layout.rows.slice(0, 3).map(({ name, total }) => [name, total])).toEqual([
      ['b', 21],
      ['a', 5],
      [null, 2],
    ])
    expect(layout.columns.slice(0, 2)).toEqual(['x', 'y'])
    expect(layout.rows[1]?.costs.slice(0, 2)).toEqual([5, null])
    expect(layout.most).toBe(21)
    expect(layout.left).toEqual({ rows: 13, columns: 24 })
  })
})
