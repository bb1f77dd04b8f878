const MICRO_USD_PER_CENT = 10_000
const DECIMAL = /^(\d{1,12})(?:\.(\d{1,12}))?$/u

/**
 * Micro-USD, whole, from an amount in cents: a number (OpenAI) or a decimal text (Anthropic), exact to the micro-USD.
 * Null for anything else, and for amounts below zero or beyond what a safe integer holds.
 */
export function microUsdOfCents(cents: unknown): number | null {
  if (typeof cents === 'number') return safe(Math.round(cents * MICRO_USD_PER_CENT))
  const match = typeof cents === 'string' ? DECIMAL.exec(cents) : null
  if (match === null) return null
  const fraction = Number(`0.${match[2] ?? '0'}`)
  return safe(Number(match[1]) * MICRO_USD_PER_CENT + Math.round(fraction * MICRO_USD_PER_CENT))
}

function safe(micro: number): number | null {
  return Number.isSafeInteger(micro) && micro >= 0 ? micro : null
}

/** Whole cents of an amount in micro-USD, for limits that are written back. Throws RangeError when it is not whole cents. */
export function centsOfMicroUsd(micro: number): number {
  const cents = micro / MICRO_USD_PER_CENT
  if (!Number.isSafeInteger(cents) || cents <= 0) throw new RangeError(`${micro} micro-USD are no whole cents`)
  return cents
}
