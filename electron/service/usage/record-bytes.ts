import type { Cost } from '../../../shared/domain/usage/cost.ts'
import { MOST_PLAIN, plainCost, parseCost, parseCount, dayOfMoment } from './record-values.ts'

/**
 * Reads the values of a record from bytes of ASCII, with the same result as from its text; unusual values are read as
 * text.
 */

const ZERO = 48
const NINE = 57
const DASH = 45
const PLUS = 43
const POINT = 46

/** The number of digits up to which a number is exact as a double. */
const MOST_DIGITS = 15

/** As `countOf`. */
export function countOfBytes(bytes: Buffer, from: number, to: number): number | null {
  if (to - from > MOST_DIGITS) return parseCount(bytes.toString('latin1', from, to))
  let count = 0
  for (let at = from; at < to; at += 1) {
    const byte = bytes[at] ?? 0
    if (byte < ZERO || byte > NINE) return parseCount(bytes.toString('latin1', from, to))
    count = count * 10 + (byte - ZERO)
  }
  return count
}

/** As `costOf`. */
export function costOfBytes(bytes: Buffer, from: number, to: number): Cost | null {
  let [value, places, point] = [0, 0, false]
  if (to - from > MOST_PLAIN) return parseCost(bytes.toString('latin1', from, to))
  for (let at = from; at < to; at += 1) {
    const byte = bytes[at] ?? 0
    if (byte >= ZERO && byte <= NINE) {
      value = value * 10 + (byte - ZERO)
      if (point) places += 1
    } else if (byte === POINT && !point && to - from > 1) point = true
    else return parseCost(bytes.toString('latin1', from, to))
  }
  return plainCost(value, places) ?? parseCost(bytes.toString('latin1', from, to))
}

/** Bytes of `YYYY-MM-DD`. */
const DATE = 10

/** Reads days of timestamps, as `dayOfMoment` does. In a log a timestamp mostly has the day of the previous one. */
export function newByteDays(): (bytes: Buffer, from: number, to: number) => number | null {
  const date = new Uint8Array(DATE)
  let day: number | null = null
  return (bytes, from, to) => {
    const length = to - from
    const isDated = length >= DATE && bytes[from + 4] === DASH && bytes[from + 7] === DASH
    if (!isDated || (length > DATE && mayHaveOffset(bytes, to))) return dayOfMoment(bytes.toString('latin1', from, to))
    let at = 0
    while (at < DATE && bytes[from + at] === date[at]) at += 1
    if (at === DATE) return day
    for (at = 0; at < DATE; at += 1) date[at] = bytes[from + at] ?? 0
    day = dayOfMoment(bytes.toString('latin1', from, from + DATE))
    return day
  }
}

function mayHaveOffset(bytes: Uint8Array, to: number): boolean {
  const [long, short] = [bytes[to - 6] ?? 0, bytes[to - 5] ?? 0]
  return long === DASH || long === PLUS || short === DASH || short === PLUS
}
