import { expect, test } from 'vitest'

import { growth, LINEAR } from './growth.ts'

function steps(count: number): number {
  let sum = 0
  for (let n = 0; n < count; n += 1) sum = (sum * 31 + n) % 65_521
  return sum
}

test('distinguishes work that grows with its size from work that grows with the square of it', async () => {
  expect(await growth((size) => steps(size * 100), 1000)).toBeLessThan(LINEAR)
  expect(await growth((size) => steps(size * size), 1000)).toBeGreaterThan(LINEAR)
})
