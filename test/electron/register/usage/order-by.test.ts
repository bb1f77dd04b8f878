import * as fc from 'fast-check'
import { expect, it } from 'vitest'

import { orderBy } from '../../../../electron/register/usage/order-by.ts'

it('rows are ordered by the first column, then the second, and so on; equal rows keep their order', () => {
  const number = fc.oneof(
    fc.nat(5),
    fc.integer({ min: 19_000, max: 25_000 }),
    fc.integer({ min: -(2 ** 31), max: 2 ** 31 }),
    fc.integer({ min: -(2 ** 40), max: 2 ** 52 }),
  )
  fc.assert(
    fc.property(fc.array(fc.tuple(number, number, number), { maxLength: 60 }), (rows) => {
      const columns = [0, 1, 2].map((n) => Float64Array.from(rows, (row) => row[n] ?? 0))
      const expected = [...rows.keys()].toSorted((x, y) => {
        const [a, b] = [rows[x] ?? [], rows[y] ?? []]
        const differs = [0, 1, 2].find((n) => a[n] !== b[n])
        return differs === undefined ? x - y : (a[differs] ?? 0) - (b[differs] ?? 0)
      })
      expect([...orderBy(columns, rows.length)]).toEqual(expected)
    }),
  )
})
