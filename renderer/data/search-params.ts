import { parseSearchWith, stringifySearchWith } from '@tanstack/react-router'
import { z } from 'zod'

/**
 * Parses one value of the query string: whole numbers, `true`, `false`, and JSON that begins with a quote, bracket or
 * brace. Anything else stays text, so that a slug such as `1e3` or `007` is not parsed as a number.
 */
export function parseValue(text: string): unknown {
  if (text === 'true' || text === 'false' || /^(?:0|[1-9]\d{0,14})$/u.test(text) || /^["[{]/u.test(text)) {
    return JSON.parse(text)
  }
  throw new SyntaxError('plain text')
}

export const parseSearch = parseSearchWith(parseValue)

const stringifyValues = stringifySearchWith(
  (value) => (isTexts(value) ? joinValues(value) : JSON.stringify(value)),
  parseValue,
)

/** A comma needs no escape in a query, and several values are easier to read with it. */
export function stringifySearch(search: Record<string, unknown>): string {
  return stringifyValues(search).replaceAll('%2C', ',')
}

function isTexts(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.length > 0 && value.every((each) => typeof each === 'string')
}

/**
 * Several values of one param: `production,staging`. What would be read differently (a comma, a percent sign, the start
 * of JSON) is written with a percent sign, as in an address.
 */
export function joinValues(values: readonly string[]): string {
  return values.map((value) => value.replaceAll(/[%,"[{]/gu, (sign) => encodeURIComponent(sign))).join(',')
}

/** Reads the values of `joinValues` back; empty ones are left out. */
export function splitValues(text: string): readonly string[] {
  return text
    .split(',')
    .filter((value) => value !== '')
    .map((value) => value.replaceAll(/%(?:25|2C|22|5B|7B)/gu, (sign) => decodeURIComponent(sign)))
}

/** Several values in a search param, of which those that the schema does not know are left out. */
export function manyParam<T extends z.ZodType<string>>(value: T) {
  return z
    .union([z.string(), z.number(), z.boolean(), z.array(value)])
    .transform((given): readonly z.output<T>[] | undefined => {
      const texts: readonly string[] = Array.isArray(given) ? given : splitValues(String(given))
      const known = texts.flatMap((text) => {
        const parsed = value.safeParse(text)
        return parsed.success ? [parsed.data] : []
      })
      return known.length === 0 ? undefined : known
    })
    .optional()
    .catch(undefined)
}

/** Text in a search param, also where it looks like a number or a truth value (`?client=123`). */
export const textParam = z.union([z.string(), z.number(), z.boolean()]).transform(String).optional().catch(undefined)

/** An id in a search param. */
export const idParam = z.number().int().positive().optional().catch(undefined)

/** The search params of every page: the scope, and what the remediation drawer is about (`person:7`, `changes:1-2`). */
export const rootSearch = z.object({ client: textParam, remediate: textParam })
