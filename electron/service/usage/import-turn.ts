import type { Register } from '../../register/open.ts'

const last = new WeakMap<Register, Promise<void>>()

/**
 * Waits until no other import into a register runs: each begins by forgetting requests that were never counted, and those
 * of one that still runs would be among them. Returns how to let the next one begin.
 */
export async function importTurn(register: Register): Promise<() => void> {
  const before = last.get(register)
  const { promise, resolve } = Promise.withResolvers<void>()
  last.set(register, promise)
  await before
  return resolve
}
