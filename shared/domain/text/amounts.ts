import { dollarText, isWholeCents, MICRO_PER_USD, MINUS, toDollars } from './money.ts'
import { decimalText, toDecimal } from './decimal.ts'

/** A number as text with a true minus sign: `−20` for `-20`. */
export function withMinus(text: string): string {
  return text.replace(/^-/u, MINUS)
}

const COUNT = new Intl.NumberFormat('en', { maximumFractionDigits: 0 })

/** Whole per cent with its sign, and a space before the unit: `+13 %`, `−20 %`, `±0 %`. */
export function signedPercent(percent: number): string {
  const sign = percent > 0 ? '+' : percent < 0 ? MINUS : '±'
  return `${sign}${COUNT.format(Math.abs(percent))} %`
}

/**
 * How much more than before in whole per cent, half away from zero. Null where less than `least` was before, a dollar of micro-USD: a
 * share of so little is a large number that means nothing.
 */
export function changePercent(now: number, before: number, least = MICRO_PER_USD): number | null {
  if (before < least) return null
  const percent = Math.round((Math.abs(now - before) / before) * 100)
  return now < before ? -percent : percent
}

/** Micro-USD with dollar sign and cents: `$1,204.00`, `−$12.00`. */
export function moneyText(micro: number): string {
  return dollarText(micro).replace(/\d/u, '$$$&')
}

/** Formats an amount that a provider holds, which may be finer than a cent: `$0.001`. */
export function exactMoney(micro: number): string {
  if (isWholeCents(micro)) return moneyText(micro)
  return `${micro < 0 ? MINUS : ''}$${decimalText(toDecimal(Math.abs(micro), 6, 2))}`
}

/** A difference of micro-USD with its sign, without a dollar sign: `+1,204.00`, `−12.00`, `0.00`. */
export function signedDollars(micro: number): string {
  return micro > 0 ? `+${dollarText(micro)}` : dollarText(micro)
}

/** Formats an amount with a sign: `+$1,204.00`, `−$12.00`, `$0.00`. */
export function signedMoney(micro: number): string {
  return micro > 0 ? `+${moneyText(micro)}` : moneyText(micro)
}

const WHOLE_FROM = 100

/** Micro-USD for a headline: whole dollars from a hundred on (`$15,356`), with cents below. */
export function wholeMoney(micro: number): string {
  const dollars = toDollars(Math.abs(micro))
  if (dollars < WHOLE_FROM) return moneyText(micro)
  return `${micro < 0 ? MINUS : ''}$${COUNT.format(dollars)}`
}

const UNITS = [
  [1e12, 'T'],
  [1e9, 'B'],
  [1e6, 'M'],
  [1e3, 'K'],
] as const

/** A count in short, with one decimal place below a hundred: `7.4 B`, `312 M`, `980`. */
export function shortCount(value: number): string {
  const size = Math.abs(value)
  for (const [at, [unit, word]] of UNITS.entries()) {
    // A number that would round to a thousand of this unit is one of the next.
    if (size < unit * (at === UNITS.length - 1 ? 1 : 0.9995)) continue
    const shown = size / unit
    const digits = shown < 99.95 ? Number(shown.toFixed(1)) : Math.round(shown)
    return `${value < 0 ? MINUS : ''}${digits} ${word}`
  }
  return withMinus(String(Math.round(value)))
}

/** A share in tenths of a per cent: `38.2 %`, `<0.1 %` for a small one of more than nothing. */
export function shareText(permille: number, isSomething: boolean): string {
  if (permille === 0 && isSomething) return '<0.1 %'
  return `${withMinus((permille / 10).toFixed(1))} %`
}
