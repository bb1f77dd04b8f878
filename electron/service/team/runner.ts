import { findNewestWaiting, hasWaiting } from '../../register/team/place.ts'
import type { Clock } from '../../providers/kit/clock.ts'
import type { Context } from '../core/context.ts'
import { isFounded } from './gate.ts'

/** Where notices of the server do not arrive, and after a failure, doubled up to the longest. */
const EVERY_MS = 60_000
const LONGEST_MS = 10 * 60_000
/** Where they arrive: turns and clocks are still looked at. */
const SELDOM_MS = 30 * 60_000
/** Decisions that follow each other are placed together. */
const GATHERED_MS = 300

interface Parts {
  readonly clock: Clock
  /** From 0 to 1: devices that start together do not ask together. */
  readonly random: () => number
  /** One exchange; throws where the server cannot be used. */
  readonly exchange: (context: Context) => Promise<unknown>
  /** Calls back when the server has something new; `isHeard` false where it cannot. */
  readonly listen: (
    context: Context,
    onNotice: () => void,
  ) => Promise<{ readonly isHeard: boolean; readonly close: () => Promise<void> }>
}

/**
 * Exchanges with the server of a team while the service runs: at the start, after a decision, and when the server has something new; each minute
 * where it sends no notice. Does nothing for a profile without a team, and while it is locked. Returns a function that stops it, which resolves
 * when an exchange that is under way has ended.
 */
export function startExchanges(context: Context, { clock, random, exchange, listen }: Parts): () => Promise<void> {
  const stop = new AbortController()
  let wake = new AbortController()
  let failures = 0
  let isNoticed = false
  let heard: { readonly session: unknown; readonly isHeard: boolean; readonly close: () => Promise<void> } | null = null
  const isReady = (): boolean => !context.lock.isOn() && isFounded(context.session())
  const wakeUp = (): void => {
    isNoticed = true
    wake.abort()
  }
  const pause = async (ms: number): Promise<void> => {
    wake = new AbortController()
    await clock.sleep(ms, AbortSignal.any([stop.signal, wake.signal])).catch(() => undefined)
  }
  const exchangeOnce = async (): Promise<void> => {
    const session = context.session()
    if (heard !== null && (heard.session !== session || !isReady())) {
      await heard.close().catch(() => undefined)
      heard = null
    }
    if (!isReady()) return
    try {
      isNoticed = false
      heard ??= { session, ...(await listen(context, wakeUp)) }
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
      // What was decided or noticed while the server answered may have come too late for this exchange.
      const isLate = failures === 0 && (isNoticed || findNewest() > before)
      const every =
        failures === 0 && heard?.isHeard === true ? SELDOM_MS : Math.min(EVERY_MS * 2 ** failures, LONGEST_MS)
      if (!isLate) await pause(every * (0.75 + random() / 2))
      if ((isLate || wake.signal.aborted) && !stop.signal.aborted) await pause(GATHERED_MS)
    }
    await heard?.close().catch(() => undefined)
  }
  const stopListening = context.events.listen(({ type }) => {
    const { register } = context.session()
    if (type !== 'changed' || failures > 0 || register === null || !isReady()) return
    // A profile that founded or joined a team listens from now on.
    if (heard === null || hasWaiting(register.reader)) wake.abort()
  })
  const running = run()
  return async () => {
    stopListening()
    stop.abort()
    await running
  }
}
