const DECIMAL = /^[+]?(\d{0,15})(?:\.(\d{0,30}))?(?:[eE]([+-]?\d{1,3}))?$/u

/** More digits than a safe integer of micro-USD can hold. */
const MOST_DIGITS = 15

/**
 * Micro-USD, whole, from an amount of dollars as text, exactly: no binary fraction takes part, so that sums of many rows
 * are sums of whole numbers. What is finer than a micro-USD is rounded half up. Programs write small amounts as `1.2e-05`.
 * Null for anything else, for amounts below zero, and for what a safe integer cannot hold.
 *
 * @example microUsdOf('0.000012') // 12
 */
export function microUsdOf(dollars: string): number | null {
  const match = DECIMAL.exec(dollars.trim())
  if (match === null) return null
  const [, whole = '', fraction = '', exponent = '0'] = match
  if (whole === '' && fraction === '') return null
  const digits = whole + fraction
  // The place of the decimal point in the digits once they count micro-USD.
  const point = whole.length + Number(exponent) + 6
  const kept = (point <= 0 ? '' : digits.slice(0, point).padEnd(point, '0')).replace(/^0+/u, '')
  if (kept.length > MOST_DIGITS) return null
  const next = point < 0 ? '0' : (digits[point] ?? '0')
  return Number(kept || '0') + (next >= '5' ? 1 : 0)
}

const SIGNED = /^([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d+))?$/u

/** Nano-USD of less than a milliard dollars. */
const MOST_NANO = 10n ** 18n

/**
 * Nano-USD of an amount of dollars, a number or a text of any digit count and exponent; a credit is negative. What is finer
 * is rounded half away from zero. Null for what is not an amount, and for a milliard dollars and more.
 *
 * @example parseNanoUsd('0.0036275') // 3627500n
 */
export function parseNanoUsd(dollars: unknown): bigint | null {
  const text = typeof dollars === 'number' ? String(dollars) : typeof dollars === 'string' ? dollars.trim() : ''
  const [, sign, whole = '', fraction = '', exponent = '0'] = SIGNED.exec(text) ?? []
  if (whole === '' && fraction === '') return null
  const digits = (whole + fraction).replace(/^0+/u, '')
  const point = digits.length - fraction.length + Number(exponent) + 9
  if (digits === '') return 0n
  if (point > 18) return null
  const kept = point <= 0 ? 0n : BigInt(digits.slice(0, point).padEnd(point, '0'))
  const size = kept + (point >= 0 && (digits[point] ?? '0') >= '5' ? 1n : 0n)
  if (size >= MOST_NANO) return null
  return sign === '-' ? -size : size
}

const MICRO_PER_CENT = 10_000

/**
 * Dollars with cents for people, grouped: `12,345.67`. What is under half a cent and not nothing reads `<0.01`. Exact on
 * whole micro-USD; rounded half away from zero.
 */
export function dollarText(micro: number): string {
  const sign = micro < 0 ? '-' : ''
  const size = Math.abs(micro)
  const cents = Math.floor(size / MICRO_PER_CENT) + (size % MICRO_PER_CENT >= MICRO_PER_CENT / 2 ? 1 : 0)
  if (cents === 0 && size > 0) return `${sign === '-' ? '>-' : '<'}0.01`
  const whole = String(Math.floor(cents / 100)).replaceAll(/\B(?=(?:\d{3})+$)/gu, ',')
  return `${sign}${whole}.${String(cents % 100).padStart(2, '0')}`
}
