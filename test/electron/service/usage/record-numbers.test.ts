import * as fc from 'fast-check'
import { expect, it } from 'vitest'

import { requestNumber } from '../../../../electron/service/usage/record-numbers.ts'

function getNumber(text: string, seed: number): string {
  const into = new Uint32Array(3)
  requestNumber(text, seed, into, 0)
  return into.join(' ')
}

it('no two requests have one number, whether of one client or of two', () => {
  const request = fc.tuple(fc.string({ maxLength: 12 }), fc.integer({ min: 1, max: 500 }))
  fc.assert(
    fc.property(request, request, ([text, seed], [other, otherSeed]) => {
      expect(getNumber(text, seed) === getNumber(other, otherSeed)).toBe(text === other && seed === otherSeed)
    }),
    { numRuns: 1000 },
  )
})

it('no two short ids, of which there are many, have one number either', () => {
  const all = new Set<string>()
  for (let seed = 1; seed <= 64; seed += 1) for (let id = 0; id < 500; id += 1) all.add(getNumber(String(id), seed))
  expect(all.size).toBe(64 * 500)
})
