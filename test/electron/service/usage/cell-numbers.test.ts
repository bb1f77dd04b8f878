import * as fc from 'fast-check'
import { expect, it } from 'vitest'

import { newCellNumbers } from '../../../../electron/service/usage/cell-numbers.ts'
import {
  COUNTED_ROLLUPS,
  USAGE_DIMENSIONS,
  USAGE_ROLLUPS,
  type UsageRollup,
} from '../../../../shared/domain/usage/rollups.ts'

const COUNTED = COUNTED_ROLLUPS.map((position): UsageRollup => USAGE_ROLLUPS[position] ?? USAGE_ROLLUPS[0])

/** Words by number; those from 4,096 on are kept in another way than those before. */
const word = fc.oneof(fc.nat(3), fc.nat(300), fc.integer({ min: 4090, max: 4100 }), fc.nat(100_000))

it('each record falls into one cell of each counted roll-up, the same as all records of that period and those words', () => {
  const record = fc.record({
    day: fc.integer({ min: 20_700, max: 20_702 }),
    words: fc.array(word, { minLength: 5, maxLength: 5 }),
  })
  fc.assert(
    fc.property(fc.array(record, { maxLength: 400 }), (records) => {
      const numbers = newCellNumbers()
      const known = COUNTED.map(() => new Map<string, number>())
      const news: number[][] = []
      for (const { day, words } of records) {
        const [to, month] = [COUNTED.map(() => new Uint32Array(2)), day - 20_000 - (day % 2)]
        numbers.cells(day, month, Int32Array.from(words), to, 1)
        const expected = COUNTED.map(({ period, by }, face) => {
          const place = [
            period === 'day' ? day : month,
            ...by.map((dimension) => words[USAGE_DIMENSIONS.indexOf(dimension)] ?? 0),
          ]
          const cells = known[face] ?? new Map<string, number>()
          const number = cells.get(place.join(' ')) ?? cells.size
          if (number === cells.size) news.push([face, ...place, 0, 0].slice(0, 5))
          cells.set(place.join(' '), number)
          return number
        })
        expect(to.map((cells) => cells[1])).toEqual(expected)
      }
      expect(Array.from(numbers.takeNew().cells)).toEqual(news.flat())
      expect(numbers.takeNew().cells).toHaveLength(0)
    }),
    { numRuns: 50 },
  )
})
