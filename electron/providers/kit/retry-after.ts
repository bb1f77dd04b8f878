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
