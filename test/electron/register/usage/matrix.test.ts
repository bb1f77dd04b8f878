import * as fc from 'fast-check'
import { expect, it } from 'vitest'

import { addToCells } from '../../../../electron/register/usage/cells.ts'
import { usageMatrix } from '../../../../electron/register/usage/matrix.ts'
import { usageNames } from '../../../../electron/register/usage/names.ts'
import { USAGE_ROLLUPS } from '../../../../shared/domain/usage/rollups.ts'
import { newConnection, newRegister } from '../registers.ts'

const MONTH = 681
const FACE = USAGE_ROLLUPS.findIndex(({ by }) => by.join() === 'project,key,model')

const cell = fc.record({
  period: fc.integer({ min: MONTH, max: MONTH + 1 }),
  a: fc.integer({ min: 1, max: 3 }),
  b: fc.integer({ min: 1, max: 4 }),
  c: fc.integer({ min: 1, max: 3 }),
  // Few values, so that some pairs cost the same; a credit is below zero.
  cost: fc.constantFrom(-2_000_000_000_000, 0, 1, 5_000_000, 7_000_000_000_000),
  costNano: fc.constantFrom(0, 400, 999),
  input: fc.integer({ min: 1, max: 2 }),
})

interface Row {
  readonly b: number
  readonly c: number
  readonly cost: number
  readonly cost_nano: number
  readonly input: number
}

it('the pairs of a span are those of its cells added up one by one, most expensive first, in whole micro-dollars', () => {
  const register = newRegister()
  newConnection(register)
  const words = register.transact((writer) => [
    ...usageNames(writer, 1, 'key', ['alpha', 'beta', 'gamma', 'delta']),
    ...usageNames(writer, 1, 'model', ['large', 'small', '']),
  ])
  const names: Readonly<Record<number, string>> = {
    1: 'alpha',
    2: 'beta',
    3: 'gamma',
    4: 'delta',
    5: 'large',
    6: 'small',
  }
  expect(words).toEqual([1, 2, 3, 4, 5, 6, 7])
  fc.assert(
    fc.property(fc.array(cell, { maxLength: 40 }), fc.integer({ min: 1, max: 12 }), (cells, limit) => {
      const rows = register.rehearse((writer) => {
        const sums = cells.map(({ period, a, b, c, cost, costNano, input }) => ({
          face: FACE,
          period,
          a,
          b,
          c: c + 4,
          measures: [1, input, 0, 0, 0, cost, 0, costNano],
        }))
        addToCells(writer, { clientId: 1, connectionId: 0 }, sums)
        const span = { source: 'claimed', over: 'month', from: MONTH, to: MONTH + 1 } as const
        return {
          all: usageMatrix(writer, span, 'key-model'),
          some: usageMatrix(writer, span, 'key-model', limit),
          kept: writer.all<Row>(
            'SELECT b, c, cost, cost_nano, input FROM usage_cell WHERE face = ? ORDER BY period, a, b, c',
            [USAGE_ROLLUPS[FACE]?.code ?? 0],
          ),
        }
      })
      const pairs = Map.groupBy(rows.kept, ({ b, c }) => `${names[b] ?? ''} ${names[c] ?? ''}`)
      const exact = [...pairs].map(([pair, of]) => ({
        pair,
        nano: of.reduce((sum, row) => sum + BigInt(row.cost) * 1000n + BigInt(row.cost_nano), 0n),
        input: of.reduce((sum, row) => sum + row.input, 0),
      }))
      const sorted = exact.toSorted((x, y) => Number(y.nano - x.nano) || y.input - x.input)
      // The rows up to each add up to the exact sum, rounded once, half up.
      const totals = sorted.map((_, n) => toMicros(sorted.slice(0, n + 1).reduce((sum, { nano }) => sum + nano, 0n)))
      const expected = sorted.map(({ pair, input }, n) => ({
        pair,
        input,
        cost: (totals[n] ?? 0) - (totals[n - 1] ?? 0),
      }))
      const reported = rows.all.cells.map(({ row, column, cost, input }) => ({
        pair: `${row ?? ''} ${column ?? ''}`,
        input,
        cost,
      }))
      expect(reported).toEqual(expected)
      expect(rows.some).toEqual({ cells: rows.all.cells.slice(0, limit), count: expected.length })
    }),
    { numRuns: 60 },
  )
})

function toMicros(nano: bigint): number {
  const half = nano + 500n
  return Number((half - (((half % 1000n) + 1000n) % 1000n)) / 1000n)
}
