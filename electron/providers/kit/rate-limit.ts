import type { Clock } from './clock.ts'

/**
 * Rate limits: how long the requests of one reading are held back after a provider refused one as too many (429). A time in
 * `Retry-After` holds back all of them; without one, those of the same route wait together. `calls.ts` asks it before each
 * request of a reading; a change that was refused is never sent again by itself (`write.ts`).
 */
interface RateLimit {
  /** Holds back all requests for as many milliseconds. */
  holdAll(ms: number): void
  /** How long all requests are held back from now on, in milliseconds; 0 when they are not. */
  leftForAll(): number
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
export function openRateLimit(
  clock: Clock,
  options: { readonly longestPause?: number | undefined; readonly onWait?: ((ms: number) => void) | undefined },
): RateLimit {
  const longest = options.longestPause ?? LONGEST_PAUSE
  const routes = new Map<string, Route>()
  let coveredUntil = 0
  let waited = 0
  let quietUntil = 0

  function spend(until: number): boolean {
    waited += Math.max(0, until - Math.max(coveredUntil, clock.now()))
    coveredUntil = Math.max(coveredUntil, until)
    return waited <= PATIENCE
  }

  return {
    holdAll(ms) {
      quietUntil = Math.max(quietUntil, clock.now() + ms)
      options.onWait?.(ms)
    },
    leftForAll: () => Math.max(0, quietUntil - clock.now()),
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

/** True if a refusal is about one route: the provider limits its requests, and names no time for the next one. */
export function isRouteLimit(refusal: {
  readonly status: number | null
  readonly retryAfter: number | null
  readonly passing: boolean
}): boolean {
  return refusal.status === 429 && refusal.retryAfter === null && refusal.passing
}

/** How long a provider asks to wait, in milliseconds from `now`; null without a valid value. */
export function retryAfterMs(headers: Headers, now: number): number | null {
  const precise = wait(Number(headers.get('retry-after-ms') ?? Number.NaN))
  if (precise !== null) return precise
  const text = headers.get('retry-after')?.trim() ?? ''
  if (/^\d+(?:\.\d+)?$/u.test(text)) return wait(Number(text) * 1000)
  // The other form of the header is a date (RFC 9110 §10.2.3).
  return /[a-z]/iu.test(text) ? wait(Date.parse(text) - now) : null
}

const RESET_HEADERS = ['x-ratelimit-reset-requests', 'x-ratelimit-reset'] as const

/** From here on, a bare number is an instant since 1970 and no span: in seconds, and in milliseconds. */
const INSTANT_SECONDS = 1e9
const INSTANT_MS = 1e12

/**
 * When a limit of requests resets, in milliseconds from `now`, by the headers that report it: a span (`1m30s`, `20ms`;
 * OpenAI), a number of seconds, or an instant since 1970 in seconds or milliseconds (OpenRouter). Null when none does.
 */
export function limitResetMs(headers: Headers, now: number): number | null {
  for (const name of RESET_HEADERS) {
    const text = headers.get(name)?.trim() ?? ''
    if (/^\d+(?:\.\d+)?$/u.test(text)) {
      const number = Number(text)
      if (number < INSTANT_SECONDS) return wait(number * 1000)
      return wait(Math.max(0, (number < INSTANT_MS ? number * 1000 : number) - now))
    }
    const span = /^(?:(\d+)h)?(?:(\d+)m(?!s))?(?:(\d+(?:\.\d+)?)s)?(?:(\d+(?:\.\d+)?)ms)?$/u.exec(text)
    if (span === null || text === '') continue
    const [h = 0, m = 0, s = 0, ms = 0] = span.slice(1).map((part) => Number(part ?? 0))
    return wait(((h * 60 + m) * 60 + s) * 1000 + ms)
  }
  return null
}

function wait(ms: number): number | null {
  if (!Number.isFinite(ms)) return null
  return ms < 0 ? null : Math.ceil(ms)
}

const FIRST_WAIT = 500
const LONGEST_WAIT = 8000

/** The wait before the next try when the provider names none: doubling from half a second to 8, with jitter, in ms. */
export function backoffMs(tries: number, random: () => number = Math.random): number {
  const full = Math.min(FIRST_WAIT * 2 ** (tries - 1), LONGEST_WAIT)
  return Math.round(full * (0.5 + random() / 2))
}
