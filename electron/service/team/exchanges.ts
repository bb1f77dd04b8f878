import { findNewestWaiting, hasWaiting } from '../../register/team/place.ts'
import type { Clock } from '../../providers/kit/clock.ts'
import type { Context } from '../core/context.ts'
import { isFounded } from './gate.ts'

const EVERY_MS = 20_000
/** The longest pause while the server does not answer. */
const LONGEST_MS = 10 * 60_000
/** Decisions that follow each other are placed together. */
const GATHERED_MS = 300

interface Parts {
  readonly clock: Clock
  /** From 0 to 1: devices that start together do not ask together. */
  readonly random: () => number
  /** One exchange; throws where the server cannot be used. */
  readonly exchange: (context: Context) => Promise<unknown>
}

/**
 * Exchanges with the server of a team while the service runs: at the start, after a decision, and every 20 seconds; less
 * often while it does not answer. Does nothing for a profile without a team, and while it is locked. Returns a function that stops it, which resolves
 * when an exchange that is under way has ended.
 */
export function startExchanges(context: Context, { clock, random, exchange }: Parts): () => Promise<void> {
  const stop = new AbortController()
  let failures = 0
  let wake = new AbortController()
  const isReady = (): boolean => !context.lock.isOn() && isFounded(context.session())
  const pause = async (ms: number): Promise<void> => {
    wake = new AbortController()
    await clock.sleep(ms, AbortSignal.any([stop.signal, wake.signal])).catch(() => undefined)
  }
  const exchangeOnce = async (): Promise<void> => {
    if (!isReady()) return
    try {
      await exchange(context)
      failures = 0
    } catch {
      // `team.status` has the problem in words; work goes on here.
      failures += 1
    }
  }
  const findNewest = (): number => {
    const { register } = context.session()
    return register === null ? 0 : findNewestWaiting(register.reader)
  }
  const run = async (): Promise<void> => {
    while (!stop.signal.aborted) {
      const before = findNewest()
      await exchangeOnce()
      // What was decided while the server answered may have come too late for this exchange.
      const isLate = failures === 0 && findNewest() > before
      if (!isLate) await pause(Math.min(EVERY_MS * 2 ** failures, LONGEST_MS) * (0.75 + random() / 2))
      if ((isLate || wake.signal.aborted) && !stop.signal.aborted) await pause(GATHERED_MS)
    }
  }
  const stopListening = context.events.listen(({ type }) => {
    const { register } = context.session()
    if (type !== 'changed' || failures > 0 || register === null || !isReady()) return
    if (hasWaiting(register.reader)) wake.abort()
  })
  const running = run()
  return async () => {
    stopListening()
    stop.abort()
    await running
  }
}
