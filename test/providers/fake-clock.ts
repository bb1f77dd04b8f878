import type { Clock } from '../../electron/providers/kit/clock.ts'

/** A clock that jumps to the next awaited moment, so that minutes pass immediately. */
export function fakeClock(): Clock {
  const waiting: { readonly at: number; readonly wake: () => void }[] = []
  let now = 0

  function wakeNext(): void {
    const next = waiting.toSorted((a, b) => a.at - b.at)[0]
    if (next === undefined) return
    waiting.splice(waiting.indexOf(next), 1)
    now = Math.max(now, next.at)
    next.wake()
  }

  return {
    now: () => now,
    sleep: (ms, signal) =>
      new Promise<void>((resolve, reject) => {
        if (signal.aborted) {
          reject(signal.reason as Error)
          return
        }
        signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true })
        waiting.push({ at: now + ms, wake: resolve })
        setImmediate(wakeNext)
      }),
  }
}
