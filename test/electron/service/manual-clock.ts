import type { Clock } from '../../../electron/providers/kit/clock.ts'

/** A clock that a test lets run: each sleep is noted, and ends when the test wakes all sleepers or its signal aborts. */
export function manualClock(): {
  readonly slept: number[]
  /** How many sleep now: one that is not asleep yet is not woken. */
  readonly sleeping: () => number
  readonly wake: () => void
  readonly clock: Clock
} {
  const slept: number[] = []
  const sleepers = new Set<() => void>()
  return {
    slept,
    sleeping: () => sleepers.size,
    wake: () => {
      for (const end of sleepers) end()
      sleepers.clear()
    },
    clock: {
      now: () => 0,
      sleep: (ms, signal) =>
        new Promise<void>((resolve, reject) => {
          slept.push(ms)
          sleepers.add(resolve)
          const abort = (): void => {
            sleepers.delete(resolve)
            reject(new Error('aborted'))
          }
          signal.addEventListener('abort', abort, { once: true })
        }),
    },
  }
}
