import type { Clock } from './clock.ts'

/** How long requests that a provider refuses as too many are held back, where it does not name a time. */
export interface CoolDown {
  /** How long requests of the route are held back from now on, in milliseconds; 0 when they are not. */
  left(route: string): number
  /** A request of the route, sent at `sentAt`, was answered. */
  passed(route: string, sentAt: number): void
  /**
   * A request of the route, sent at `sentAt`, was one too many; `asked` is the wait that the provider's headers name.
   * False when the reading has no patience left for this route.
   */
  refused(route: string, sentAt: number, asked: number | null): boolean
}

interface Route {
  until: number
  /** The last pause. It is kept while it helps and grows when it did not. */
  pause: number
  helped: boolean
  /** Pauses in a row after which nothing was answered. */
  vain: number
}

const FIRST_PAUSE = 1000

/** OpenAI refills a route's limit in about a minute (measured: 7 requests, then none for 60 s); a pause may be a little longer. */
const LONGEST_PAUSE = 90_000

/** All pauses of one reading together: enough for one request to each of 100 projects at 7 a minute. */
const PATIENCE = 15 * 60_000

/** A route that never answers is given up after as many pauses: about 7 minutes. */
const MOST_VAIN = 10

/**
 * Requests of one route wait together. The pause after a refusal doubles until requests pass again, and the next one
 * begins where the last one helped: the provider's window is learned once, not at every refusal.
 */
export function openCoolDown(
  clock: Clock,
  options: { readonly longestPause?: number | undefined; readonly onWait?: ((ms: number) => void) | undefined },
): CoolDown {
  const longest = options.longestPause ?? LONGEST_PAUSE
  const routes = new Map<string, Route>()
  let coveredUntil = 0
  let waited = 0

  function spend(until: number): boolean {
    waited += Math.max(0, until - Math.max(coveredUntil, clock.now()))
    coveredUntil = Math.max(coveredUntil, until)
    return waited <= PATIENCE
  }

  return {
    left: (route) => Math.max(0, (routes.get(route)?.until ?? 0) - clock.now()),
    passed(route, sentAt) {
      const at = routes.get(route)
      // A request that was in flight when the pause began shows nothing about it.
      if (at === undefined || sentAt < at.until) return
      at.helped = true
      at.vain = 0
    },
    refused(route, sentAt, asked) {
      const at = routes.get(route) ?? { until: 0, pause: FIRST_PAUSE / 2, helped: false, vain: 0 }
      routes.set(route, at)
      // It was in flight when the pause began: one pause is enough for all of them.
      if (sentAt < at.until) return true
      if (at.vain >= MOST_VAIN) return false
      at.pause = Math.min(asked ?? (at.helped ? at.pause : at.pause * 2), longest)
      at.helped = false
      at.vain += 1
      const until = clock.now() + at.pause
      if (!spend(until)) {
        at.vain = MOST_VAIN
        return false
      }
      at.until = until
      options.onWait?.(at.pause)
      return true
    },
  }
}
