/**
 * An exact decimal number, `units` of `10^-places`. It stays a number up to the writer of each format, so that no writer takes its sign
 * for the beginning of a formula.
 */
export interface Decimal {
  readonly units: bigint
  readonly places: number
}

/** `units` of `10^-places` without zeros at the end, but with at least `least` places. */
export function toDecimal(units: bigint | number, places: number, least = places): Decimal {
  let [rest, kept] = [BigInt(units), places]
  while (kept > least && rest % 10n === 0n) {
    rest /= 10n
    kept -= 1
  }
  return { units: rest, places: kept }
}

/** As programs read it: a hyphen, no grouping, and no exponent, such as `-12.345678901`. */
export function decimalText({ units, places }: Decimal): string {
  const digits = String(units < 0n ? -units : units).padStart(places + 1, '0')
  const whole = digits.slice(0, digits.length - places)
  return `${units < 0n ? '-' : ''}${whole}${places === 0 ? '' : `.${digits.slice(-places)}`}`
}
