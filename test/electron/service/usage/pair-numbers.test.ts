import * as fc from 'fast-check'
import { expect, it } from 'vitest'

import { newPairNumbers } from '../../../../electron/service/usage/cell-numbers.ts'

it('pairs keep the number that they were offered first', () => {
  // Most combinations of some parts occur, as those of features and keys do; after them come parts of any size.
  const most = fc.tuple(fc.integer({ min: 1, max: 60 }), fc.integer({ min: 1, max: 60 }))
  const part = fc.oneof(fc.nat(20), fc.nat(300), fc.nat(2 ** 31 - 1))
  fc.assert(
    fc.property(most, fc.nat(), fc.array(fc.tuple(part, part), { maxLength: 1000 }), ([m, n], start, others) => {
      const all = Array.from({ length: m * n }, (_, at) => (at * 7919 + start) % (m * n))
      const pairs = [...all.map((at): [number, number] => [at % m, Math.floor(at / m)]), ...others, ...others]
      const known = new Map<string, number>()
      const table = newPairNumbers()
      for (const [a, b] of pairs) {
        const key = `${a} ${b}`
        if (!known.has(key)) known.set(key, known.size)
        expect(table.computeNumber(a, b, known.size - 1)).toBe(known.get(key))
      }
    }),
    { numRuns: 30 },
  )
})
