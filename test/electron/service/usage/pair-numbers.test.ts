import * as fc from 'fast-check'
import { expect, it } from 'vitest'

import { newPairNumbers } from '../../../../electron/service/usage/pair-numbers.ts'

it('pairs keep the number that they were offered first', () => {
  const part = fc.oneof(fc.nat(20), fc.nat(2 ** 31 - 1))
  fc.assert(
    fc.property(fc.array(fc.tuple(part, part), { maxLength: 3000 }), (pairs) => {
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
