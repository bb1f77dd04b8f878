import { isDay } from '../../../shared/domain/day.ts'
import { dayNumber } from '../../../shared/domain/usage/rollups.ts'
import { type Cost, costOfNano } from '../../../shared/domain/usage/cost.ts'
import { parseNanoUsd } from '../../../shared/domain/text/money.ts'

const NO_COST: Cost = { cost: 0, costNano: 0 }

/** Days that were read before; a file has few of them and millions of timestamps. */
const KNOWN_DAYS = new Map<string, number | null>()
const MOST_KNOWN_DAYS = 10_000

/**
 * Days since 1970-01-01, UTC, of a timestamp as logs write it: ISO 8601 (UTC where no offset is given), or seconds or
 * milliseconds since the epoch. Null for anything else.
 */
export function dayOfMoment(text: string): number | null {
  if (text.charCodeAt(4) === 45 && text.charCodeAt(7) === 45) {
    if (text.length > 10 && hasOffset(text)) return dayOfInstant(Date.parse(text.replace(' ', 'T')))
    return dayOfDate(text.slice(0, 10))
  }
  if (/^\d{10}(?:\.\d+)?$/u.test(text)) return dayOfInstant(Number(text) * 1000)
  return /^\d{13}$/u.test(text) ? dayOfInstant(Number(text)) : null
}

function hasOffset(text: string): boolean {
  const sign = text.charCodeAt(text.length - 6)
  return sign === 43 || sign === 45 || /[+-]\d{4}$/u.test(text)
}

function dayOfInstant(at: number): number | null {
  return Number.isFinite(at) && at >= 0 ? dayNumber(at) : null
}

function dayOfDate(text: string): number | null {
  const known = KNOWN_DAYS.get(text)
  if (known !== undefined) return known
  const day = isDay(text) ? dayOfInstant(Date.parse(`${text}T00:00:00Z`)) : null
  if (KNOWN_DAYS.size >= MOST_KNOWN_DAYS) KNOWN_DAYS.clear()
  KNOWN_DAYS.set(text, day)
  return day
}

/** A count: whole, not negative; empty counts as none. Null for anything else. */
export function parseCount(text: string): number | null {
  if (text === '') return 0
  const count = Number(text)
  return Number.isSafeInteger(count) && count >= 0 ? count : null
}

/**
 * Dollars as files write them, exact to a nano-USD; the common `12.345678` is read without the general rule. Null for
 * anything else, and for negative amounts.
 */
export function parseCost(text: string): Cost | null {
  if (text === '') return NO_COST
  let [value, places, point] = [0, 0, false]
  if (text.length > MOST_PLAIN) return anyCost(text)
  for (let at = 0; at < text.length; at += 1) {
    const digit = text.charCodeAt(at) - 48
    if (digit >= 0 && digit <= 9) {
      value = value * 10 + digit
      if (point) places += 1
    } else if (digit === -2 && !point && text.length > 1) point = true
    else return anyCost(text)
  }
  return plainCost(value, places) ?? anyCost(text)
}

/** Characters of an amount whose digits are a safe integer. */
export const MOST_PLAIN = 14

const MICRO_PLACES = 6
const NANO_PLACES = 9

/** A cost from digits with the given number of decimals; null where that needs the general rule. */
export function plainCost(value: number, places: number): Cost | null {
  if (places > NANO_PLACES) return null
  if (places <= MICRO_PLACES) {
    const cost = value * 10 ** (MICRO_PLACES - places)
    return cost < MOST_MICRO ? { cost, costNano: 0 } : null
  }
  const unit = 10 ** (places - MICRO_PLACES)
  const rest = value % unit
  return { cost: (value - rest) / unit, costNano: rest * 10 ** (NANO_PLACES - places) }
}

/** 10^9 dollars: no record costs that much. */
const MOST_MICRO = 1e15

/** An amount by the general rule. */
function anyCost(text: string): Cost | null {
  const nano = parseNanoUsd(text)
  return nano === null || nano < 0n ? null : costOfNano(nano)
}

// These readers of ASCII bytes return what the readers of text return. Unusual values are made text first.

const ZERO = 48
const NINE = 57
const DASH = 45
const PLUS = 43
const POINT = 46

/** The number of digits up to which a number is exact as a double. */
const MOST_DIGITS = 15

/** Reads bytes as `parseCount` reads text. */
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

/** Reads bytes as `parseCost` reads text. */
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
