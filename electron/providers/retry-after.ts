/** How long a provider asks to wait, in milliseconds from `now`; null when it does not say or says nonsense. */
export function retryAfterMs(headers: Headers, now: number): number | null {
  const precise = wait(Number(headers.get('retry-after-ms') ?? Number.NaN))
  if (precise !== null) return precise
  const text = headers.get('retry-after')?.trim() ?? ''
  if (/^\d+(?:\.\d+)?$/u.test(text)) return wait(Number(text) * 1000)
  // The other form of the header is a date (RFC 9110 §10.2.3).
  return /[a-z]/iu.test(text) ? wait(Date.parse(text) - now) : null
}

function wait(ms: number): number | null {
  if (!Number.isFinite(ms)) return null
  return ms < 0 ? null : Math.ceil(ms)
}

const FIRST_WAIT = 500
const LONGEST_WAIT = 8000

/** The wait before the next try when the provider does not say: doubling from half a second to 8, with jitter, in ms. */
export function backoffMs(tries: number, random: () => number = Math.random): number {
  const full = Math.min(FIRST_WAIT * 2 ** (tries - 1), LONGEST_WAIT)
  return Math.round(full * (0.5 + random() / 2))
}
