import { createHash } from 'node:crypto'

import { timed, toSample } from './measure.ts'

const TIMES = 5

/**
 * Milliseconds that a fixed piece of work takes now, the median of five: hashing, sorting and JSON, about a tenth of a
 * second. Rows without a peer are compared with those of another run by it, since machines differ in speed.
 */
export async function measureYardstick(): Promise<number> {
  const bytes = Buffer.alloc(2 ** 24, 'castellan')
  const texts = Array.from({ length: 40_000 }, (_, n) => `key ${(n * 7919) % 40_009} of project ${n % 97}`)
  const values: number[] = []
  for (let time = 0; time < TIMES; time += 1) {
    values.push(
      await timed(() => {
        createHash('sha256').update(bytes).digest()
        JSON.parse(JSON.stringify(texts.toSorted().map((name, order) => ({ name, order }))))
      }),
    )
  }
  return toSample(values).median
}
