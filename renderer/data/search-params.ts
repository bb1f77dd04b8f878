import { parseSearchWith, stringifySearchWith } from '@tanstack/react-router'
import { z } from 'zod'

import { direction } from '../../shared/contract/common.ts'
import type { Filters, FilterShape, SearchShape } from '../../shared/nouns/filter.ts'
import { textParam } from '../../shared/nouns/params.ts'

export { idParam, manyParam, textParam } from '../../shared/nouns/params.ts'

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
 * Several values of one param: `production,staging`. Characters that would be read differently (a comma, a percent
 * sign, the start of JSON) are written with a percent sign, as in an address.
 */
export function joinValues(values: readonly string[]): string {
  return values.map((value) => value.replaceAll(/[%,"[{]/gu, (sign) => encodeURIComponent(sign))).join(',')
}

/** The search params of every page: the scope, and what the remediation drawer is about (`person:7`, `changes:1-2`). */
export const rootSearch = z.object({ client: textParam, remediate: textParam })

interface FilterNoun<F extends Filters> {
  readonly filters: F
}

type Param<F extends Filters> = keyof SearchShape<F> & string

/** The search params of a list by the filters of its noun: each with the name of its filter. */
function listNamed<F extends Filters>({
  filters,
}: FilterNoun<F>): readonly (readonly [param: Param<F>, filter: keyof F])[] {
  return Object.entries(filters).flatMap(([filter, { param, name }]) =>
    param === null ? [] : [[(name ?? filter) as Param<F>, filter]],
  )
}

/** The search params that filter a list. */
export function listParams<F extends Filters>(noun: FilterNoun<F>): readonly Param<F>[] {
  return listNamed(noun).map(([param]) => param)
}

/** The search params of the filters of a list. */
export function filterParams<F extends Filters>(noun: FilterNoun<F>): SearchShape<F> {
  return Object.fromEntries(
    listNamed(noun).map(([param, filter]) => [param, noun.filters[filter]?.param]),
  ) as unknown as SearchShape<F>
}

/** The search params of a list: its filters, its sort, and what the page adds. */
export function makeSearch<F extends Filters, Sort extends string, More extends z.ZodRawShape>(
  noun: FilterNoun<F> & { readonly sorts: readonly Sort[] },
  more: More,
) {
  return z.object({
    ...filterParams(noun),
    sort: z.enum(noun.sorts).optional().catch(undefined),
    dir: direction.optional().catch(undefined),
    ...more,
  })
}

/** The filter of a list as the contract takes it, with the client in scope. */
export type AskedFilter<F extends Filters> = z.input<z.ZodObject<FilterShape<F>>> & {
  readonly client: string | undefined
}

/** The filter of the contract for the search params of a list, with the client in scope. */
export function toFilter<F extends Filters>(
  noun: FilterNoun<F>,
  search: { readonly [K in Param<F>]?: unknown } & { readonly client?: string | undefined },
): AskedFilter<F> {
  const named = listNamed(noun).map(([param, filter]) => [filter, search[param]])
  return { client: search.client, ...Object.fromEntries(named) } as AskedFilter<F>
}
