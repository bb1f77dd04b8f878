import { isNeverSent, type CallFailure } from './errors.ts'
import { refusesCredential } from './outcome.ts'

/**
 * The beginning of a reading: until the provider has answered one request, only one is in flight, so that a dead
 * address and a rejected credential cost one call instead of one for each list.
 */
export interface Door {
  /** Waits for its turn. Returns whether the request is the one that tries; throws the failure that shut the door. */
  enter(): Promise<boolean>
  /** The provider answered: all requests may go. */
  open(): void
  /** Looks at a failed try. Returns whether no further request can succeed. */
  isFinal(failure: CallFailure, lastTry: boolean): boolean
  /** Makes all other requests fail in the same way, without being sent. */
  shut(failure: CallFailure): void
  /** The request that tried has ended; the next one may try. */
  leave(): void
}

export function openDoor(signal: AbortSignal): Door {
  let state: 'closed' | 'open' | CallFailure = 'closed'
  let isTried = false
  const waiting: (() => void)[] = []
  const wakeAll = (): void => {
    for (const wake of waiting.splice(0)) wake()
  }
  signal.addEventListener('abort', wakeAll, { once: true })

  async function enter(): Promise<boolean> {
    signal.throwIfAborted()
    if (state === 'open') return false
    if (state !== 'closed') throw state
    if (!isTried) {
      isTried = true
      return true
    }
    const { promise, resolve } = Promise.withResolvers<void>()
    waiting.push(resolve)
    await promise
    return enter()
  }

  return {
    enter,
    open() {
      state = 'open'
      wakeAll()
    },
    isFinal: (failure, lastTry) => {
      if (state !== 'closed') return false
      if (refusesCredential(failure)) return true
      const isSilent = failure.kind === 'connection' || failure.kind === 'timeout'
      return isSilent && (isNeverSent(failure) || (failure.kind === 'timeout' && lastTry))
    },
    shut(failure) {
      state = failure
      wakeAll()
    },
    leave() {
      isTried = false
      waiting.shift()?.()
    },
  }
}
