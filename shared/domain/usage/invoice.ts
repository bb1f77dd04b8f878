import { MINUS } from '../text/money.ts'
import { decimalText, toDecimal } from '../text/decimal.ts'
import { roundHalfUp } from '../text/round-parts.ts'

/** How the usage of a client is invoiced. */
export interface InvoiceTerms {
  /** Mark-up in basis points: 1500 is 15 %. */
  readonly markupBasisPoints: number
  /** ISO 4217, such as `EUR`. */
  readonly currency: string
  /** Millionths of the currency for one US dollar: 920000 is 0.92. */
  readonly rateMillionths: number
  /** The day of the rate, as it was entered. */
  readonly rateOn: string | null
}

export const PLAIN_TERMS: InvoiceTerms = {
  markupBasisPoints: 0,
  currency: 'USD',
  rateMillionths: 1_000_000,
  rateOn: null,
}

const BASIS = 10_000n
const MILLION = 1_000_000n

/** Decimal places of a currency (ISO 4217): two for most, none for the yen. */
export function minorDigits(currency: string): number {
  return new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2
}

/**
 * The amount of spend in the smallest unit of the currency (cents): micro-USD, with the mark-up, at the rate; exact
 * until it is rounded once, half away from zero.
 */
export function invoiceLine(micro: number, terms: InvoiceTerms): number {
  const size = Number(roundHalfUp(toNumerator(Math.abs(micro), terms), DIVISOR))
  return micro < 0 && size > 0 ? -size : size
}

const DIVISOR = MILLION * BASIS * MILLION

function toNumerator(micro: number, { markupBasisPoints, rateMillionths, currency }: InvoiceTerms): bigint {
  const scale = 10n ** BigInt(minorDigits(currency))
  return BigInt(micro) * (BASIS + BigInt(markupBasisPoints)) * BigInt(rateMillionths) * scale
}

/** `1,234.50` for a number of cents, for people; with the given number of decimal places. */
export function minorText(minor: number, digits: number): string {
  const text = String(Math.abs(minor)).padStart(digits + 1, '0')
  const whole = text.slice(0, text.length - digits).replaceAll(/\B(?=(?:\d{3})+$)/gu, ',')
  return `${minor < 0 ? MINUS : ''}${whole}${digits === 0 ? '' : `.${text.slice(-digits)}`}`
}

/** A number of millionths without trailing zeros, but with at least two decimal places: `12.345678`, `0.92`. */
export function millionthsText(millionths: number): string {
  return decimalText(toDecimal(millionths, 6, 2))
}

/** `15` or `12.5` for basis points. */
export function percentText(basisPoints: number): string {
  const fraction = String(basisPoints % 100)
    .padStart(2, '0')
    .replace(/0+$/u, '')
  return `${Math.floor(basisPoints / 100)}${fraction === '' ? '' : `.${fraction}`}`
}

/**
 * A whole number of the given unit from decimal text, such as 1250 for `12.5` with two places; null for anything else.
 */
export function parseDecimal(text: string, places: number): number | null {
  const match = /^(\d{1,9})(?:[.,](\d+))?$/u.exec(text.trim())
  const fraction = match?.[2] ?? ''
  if (match === null || fraction.length > places) return null
  return Number(`${match[1] ?? ''}${fraction.padEnd(places, '0')}`)
}
