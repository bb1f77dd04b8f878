import { setTimeout as sleep } from 'node:timers/promises'

/** The clock of the calls to a provider, so that a test can let minutes pass. */
export interface Clock {
  /** Milliseconds that only grow: setting back the machine's clock must not stretch a wait. */
  now(): number
  /** Waits. Throws the signal's reason once it is aborted. */
  sleep(ms: number, signal: AbortSignal): Promise<void>
}

export const MACHINE_CLOCK: Clock = {
  now: () => performance.now(),
  // The timer throws an error of its own about the signal.
  sleep: (ms, signal) => sleep(ms, undefined, { signal }).catch(() => signal.throwIfAborted()),
}
