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
