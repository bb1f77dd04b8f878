const DECIMAL = /^([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d+))?$/u

/**
 * An amount stays below 10^9 dollars, so that it fits a safe integer of micro-USD and 64 bits of nano-USD, and so do
 * sums of some.
 */
const MOST_WHOLE_DIGITS = 9

/**
 * An amount as a whole number of its `10^-places`, exactly, rounded half away from zero, without binary fractions.
 * Null for text that is not an amount, and for one of more than `most` digits before the point.
 */
function parseScaled(amount: unknown, places: number, most: number): bigint | null {
  const text = typeof amount === 'number' ? String(amount) : typeof amount === 'string' ? amount.trim() : ''
  const [, sign, whole = '', fraction = '', exponent = '0'] = DECIMAL.exec(text) ?? []
  if (whole === '' && fraction === '') return null
  const digits = (whole + fraction).replace(/^0+/u, '')
  if (digits === '') return 0n
  // The place of the decimal point among the digits, once they count the unit.
  const point = digits.length - fraction.length + Number(exponent) + places
  if (point > most + places) return null
  const kept = point <= 0 ? 0n : BigInt(digits.slice(0, point).padEnd(point, '0'))
  const size = kept + (point >= 0 && (digits[point] ?? '0') >= '5' ? 1n : 0n)
  if (size >= 10n ** BigInt(most + places)) return null
  return sign === '-' ? -size : size
}

/**
 * Nano-USD of dollars as a provider sends them: a number, or a text of any digit count and exponent (OpenAI sends a
 * Decimal128, zero as `0E-6176`). A credit is negative. Finer amounts are rounded half away from zero. Null for text
 * that is not an amount, and for 10^9 dollars and more.
 *
 * @example parseNanoUsd('0.003627500000000000000000000000000000') // 3_627_500n
 */
export function parseNanoUsd(dollars: unknown): bigint | null {
  return parseScaled(dollars, 9, MOST_WHOLE_DIGITS)
}

/** Parses dollars to micro-USD, rounded once; a safe integer. */
export function parseMicroUsd(dollars: unknown): number | null {
  return toSafe(parseScaled(dollars, 6, MOST_WHOLE_DIGITS))
}

/** Nano-USD of an amount in cents; otherwise like `parseNanoUsd`. */
export function parseNanoUsdOfCents(cents: unknown): bigint | null {
  return parseScaled(cents, 7, MOST_WHOLE_DIGITS + 2)
}

/** Micro-USD of an amount in cents (Anthropic's costs, limits of both); otherwise like `parseMicroUsd`. */
export function parseMicroUsdOfCents(cents: unknown): number | null {
  return toSafe(parseScaled(cents, 4, MOST_WHOLE_DIGITS + 3))
}

function toSafe(micro: bigint | null): number | null {
  const number = Number(micro)
  return micro !== null && Number.isSafeInteger(number) ? number : null
}

/**
 * Micro-USD of dollars that a person or a file gives as text: null for an amount below zero, and wherever
 * `parseMicroUsd` is null.
 *
 * @example toMicroUsd('0.000012') // 12
 */
export function toMicroUsd(dollars: string): number | null {
  return /^\s*-/u.test(dollars) ? null : parseMicroUsd(dollars)
}

/** The minus sign of texts for people; files that programs read have a hyphen. */
export const MINUS = '\u2212'

const MICRO_PER_CENT = 10_000

export const MICRO_PER_USD = 100 * MICRO_PER_CENT

/** Micro-USD as a number of dollars. */
export function toDollars(micro: number): number {
  return micro / MICRO_PER_USD
}

const CENTS = /^[+]?\d{1,9}(?:\.\d{0,2}0*)?$/u

/**
 * Micro-USD of an amount that people agree on, in dollars and whole cents; null for anything else, also for amounts
 * finer than a cent, which are never shown.
 */
export function parseBudgetMicros(dollars: string): number | null {
  return CENTS.test(dollars.trim()) ? toMicroUsd(dollars) : null
}

/** True if micro-USD are whole cents. */
export function isWholeCents(micro: number): boolean {
  return micro % MICRO_PER_CENT === 0
}

/** Micro-USD rounded to whole cents, half away from zero; still in micro-USD. */
export function roundToCent(micro: number): number {
  const size = Math.abs(micro)
  const rounded = size - (size % MICRO_PER_CENT) + (size % MICRO_PER_CENT >= MICRO_PER_CENT / 2 ? MICRO_PER_CENT : 0)
  return micro < 0 && rounded > 0 ? -rounded : rounded
}

/**
 * Dollars with cents for people, grouped, with a true minus sign: `12,345.67`, `−12.00`. An amount that is not zero and below
 * half a cent is `<0.01`, or `>−0.01` below zero. Exact on whole micro-USD; rounded half away from zero. All texts of money for
 * people are made by it.
 */
export function dollarText(micro: number): string {
  const cents = Math.abs(roundToCent(micro)) / MICRO_PER_CENT
  if (cents === 0 && micro !== 0) return micro < 0 ? `>${MINUS}0.01` : '<0.01'
  const whole = String(Math.floor(cents / 100)).replaceAll(/\B(?=(?:\d{3})+$)/gu, ',')
  return `${micro < 0 ? MINUS : ''}${whole}.${String(cents % 100).padStart(2, '0')}`
}
