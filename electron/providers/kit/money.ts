import { parseMicroUsdOfCents } from '../../../shared/domain/text/money.ts'

const MICRO_USD_PER_CENT = 10_000

/** Micro-USD of a limit in cents, a number (OpenAI) or a text (Anthropic). Null for anything else, and for amounts below zero. */
export function microUsdOfCents(cents: unknown): number | null {
  const micro = parseMicroUsdOfCents(cents)
  return micro !== null && micro >= 0 ? micro : null
}

/** Whole cents of an amount in micro-USD, for limits that are written back. Throws RangeError when it is not whole cents. */
export function centsOfMicroUsd(micro: number): number {
  const cents = micro / MICRO_USD_PER_CENT
  if (!Number.isSafeInteger(cents) || cents <= 0) throw new RangeError(`${micro} micro-USD are not whole cents`)
  return cents
}
