import type { UsageFact } from './fact.ts'
import { modelFamily } from './model-family.ts'

/**
 * The price of a million tokens, in micro-USD. Tokens of the input that were read from or written to a cache have their
 * own rates.
 */
export interface TokenRates {
  readonly input: number
  readonly cached: number
  readonly cacheWrite: number
  readonly output: number
}

/** Rates of a model that a person entered, from a day on (days since 1970-01-01, UTC). */
export interface PricePin extends TokenRates {
  /** Null: for all clients. */
  readonly clientId: number | null
  readonly model: string
  readonly from: number
}

/** True if a pin covers a model: by its exact name, or by the name that its dated versions share. */
export function isPinFor(pin: { readonly model: string }, model: string): boolean {
  const [pinned, asked] = [pin.model.trim().toLowerCase(), model.trim().toLowerCase()]
  return pinned === asked || pinned === modelFamily(model)
}

/**
 * The pin that applies to a model of a client on a day; null if none does. A client's own takes precedence over one for
 * all, the exact name of a model over the name of its versions, and the later start over the earlier.
 */
export function findPin<P extends PricePin>(
  pins: readonly P[],
  of: { readonly clientId: number; readonly model: string; readonly day: number },
): P | null {
  const asked = of.model.trim().toLowerCase()
  const rank = (pin: P): readonly [number, number, number] => [
    pin.clientId === null ? 0 : 1,
    pin.model.trim().toLowerCase() === asked ? 1 : 0,
    pin.from,
  ]
  return pins
    .filter((pin) => pin.from <= of.day && (pin.clientId ?? of.clientId) === of.clientId && isPinFor(pin, of.model))
    .reduce<P | null>((best, pin) => (best === null || isAfter(rank(pin), rank(best)) ? pin : best), null)
}

function isAfter(a: readonly number[], b: readonly number[]): boolean {
  for (const [n, value] of a.entries()) {
    const other = b[n] ?? 0
    if (value !== other) return value > other
  }
  return false
}

const MILLION = 1_000_000n

/** Whole micro-USD of tokens, exact, half a micro-USD rounded up, without binary fractions. */
export function costOfTokens(
  tokens: Pick<UsageFact, 'input' | 'cached' | 'cacheWrite' | 'output'>,
  rates: TokenRates,
): number {
  const plain = Math.max(0, tokens.input - tokens.cached - tokens.cacheWrite)
  const cost =
    BigInt(plain) * BigInt(rates.input) +
    BigInt(tokens.cached) * BigInt(rates.cached) +
    BigInt(tokens.cacheWrite) * BigInt(rates.cacheWrite) +
    BigInt(tokens.output) * BigInt(rates.output)
  return Number((cost + MILLION / 2n) / MILLION)
}
