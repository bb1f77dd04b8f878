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

export const stringifySearch = stringifySearchWith(JSON.stringify, parseValue)

/** Text in a search param, also where it looks like a number or a truth value (`?client=123`). */
export const textParam = z.union([z.string(), z.number(), z.boolean()]).transform(String).optional().catch(undefined)

/** An id in a search param. */
export const idParam = z.number().int().positive().optional().catch(undefined)

/** The search params of every page: the scope, and what the remediation drawer is about (`person:7`, `changes:1-2`). */
export const rootSearch = z.object({ client: textParam, remediate: textParam })
