import { expect, test } from 'vitest'

import { growth, LINEAR } from './growth.ts'

function steps(count: number): number {
  let sum = 0
  for (let n = 0; n < count; n += 1) sum = (sum * 31 + n) % 65_521
  return sum
}

test('is that of later runs where the first one takes long, as that of code that is loaded does', async () => {
  let isFirst = true
  const work = (size: number): number => {
    const count = isFirst ? 50_000_000 : size * 100
    isFirst = false
    return steps(count)
  }
  expect(await growth(work, 100)).toBeLessThan(LINEAR)
})

test('distinguishes work that grows with its size from work that grows with the square of it', async () => {
  expect(await growth((size) => steps(size * 100), 1000)).toBeLessThan(LINEAR)
  expect(await growth((size) => steps(size * size), 1000)).toBeGreaterThan(LINEAR)
})
