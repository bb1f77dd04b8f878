import { z } from 'zod'

import type { Answer, Calls, Options } from './calls.ts'
import { CallFailure } from './errors.ts'
import { numberedPage, readNumbered, type NumberedList } from './numbered.ts'
import { offsetPage, readOffsets, type OffsetList } from './offset.ts'

export interface PageAsk {
  /** Rows wanted; the provider's maximum for the list. */
  readonly limit: number
  /** Where the page before ended; null for the first. */
  readonly cursor: string | null
}

/**
 * `id`: `has_more` and `last_id` (or the id of the last row). `next`: `has_more` and `next`. `token`: `next_page`, beside
 * `has_more` in most answers. OpenAI uses all of them, Anthropic the first and the last.
 */
export type PageShape = 'id' | 'next' | 'token'

/** A list of a provider that comes in pages. */
export interface List {
  readonly shape: PageShape
  readonly limit: number
  /**
   * The unit in which the provider counts requests when it limits them: one word for all lists of one path template.
   */
  readonly route?: string
  send(ask: PageAsk, options: Options): Answer
}

/** A list whose pages are asked for by `query`, the limit, and the cursor under the name that the provider has for it. */
export function listBy<Name extends string, Query extends object>(
  form: Pick<List, 'shape' | 'limit'> & { readonly cursor: Name; readonly query: Query },
  ask: (page: Query & { readonly limit: number } & { readonly [N in Name]?: string }, options: Options) => Answer,
): List {
  const { shape, limit, cursor: name, query } = form
  return {
    shape,
    limit,
    send: (wanted, options) =>
      ask({ ...query, limit: wanted.limit, ...(wanted.cursor === null ? {} : { [name]: wanted.cursor }) }, options),
  }
}

/** Providers cut a list where rows were deleted, so a page may bring nothing new; but not so many in a row. */
const IDLE_PAGES = 10

const cursor = z.string().min(1).nullable().catch(null)

const pageBody = z.object({
  data: z.array(z.unknown()),
  has_more: z.boolean().nullable().catch(null),
  last_id: cursor,
  next: cursor,
  next_page: cursor,
})

type PageBody = z.output<typeof pageBody>

/**
 * Reads a list to its end and gives `take` the rows of each page; `take` returns how many of them were new, and counts
 * nested items that have no bound of their own. The list ends only where the provider reports its end: a page that
 * reports more pages without their position, a cursor that repeats, page after page without a new row, or more than
 * `LIST_BOUNDS` throws `CallFailure` of kind `paging`, so that an unfinished list is never taken for a whole one.
 *
 * The SDKs' own iteration is not used: it follows a repeating cursor forever, takes an empty page for the end although
 * the provider reports more, and reads a body without `data` as an empty list.
 */
export async function readPages(
  calls: Calls,
  list: List,
  take: (rows: readonly unknown[], count: (within: number) => void) => number,
): Promise<void> {
  const pages = calls.openList()
  const seen = new Set<string>()
  let next: string | null = null
  for (let idle = 0; idle < IDLE_PAGES;) {
    const ask: PageAsk = { limit: list.limit, cursor: next }
    const body = readPage(await pages.json((options) => list.send(ask, options), list.route))
    pages.count(body.data.length)
    idle = take(body.data, (within) => pages.count(within)) === 0 ? idle + 1 : 0
    next = nextCursor(list, body)
    if (next === null) return
    if (seen.has(next)) throw new CallFailure('paging', 'its pages repeat without end')
    seen.add(next)
  }
  throw new CallFailure('paging', `${IDLE_PAGES} pages in a row brought nothing new, but it reports more pages`)
}

export function readPage(value: unknown): PageBody {
  const body = pageBody.safeParse(value)
  if (!body.success) throw new CallFailure('malformed', 'it holds no list under "data"')
  return body.data
}

/**
 * Where the next page begins; null: there is none. Throws `CallFailure` where that is not reported, and where one field
 * reports a next page and another one the end.
 */
export function nextCursor(list: List, body: PageBody): string | null {
  const named = list.shape === 'id' ? null : list.shape === 'next' ? body.next : body.next_page
  const hasMore = body.has_more ?? (list.shape === 'id' ? body.data.length >= list.limit : named !== null)
  if (!hasMore) {
    if (named !== null) throw new CallFailure('paging', 'it reports both a next page and the end of the list')
    return null
  }
  const next = list.shape === 'id' ? (body.last_id ?? lastId(body.data)) : named
  if (next === null) throw new CallFailure('paging', 'it reports more pages, but not where they begin')
  return next
}

const withId = z.object({ id: z.string().min(1) })

function lastId(rows: readonly unknown[]): string | null {
  const last = withId.safeParse(rows.at(-1))
  return last.success ? last.data.id : null
}

/** A list of a provider, with any kind of paging. */
export type AnyList = List | OffsetList | NumberedList

/** Reads a list to its end, as `readPages`, `readOffsets` and `readNumbered` do. */
export function readList(calls: Calls, list: AnyList, take: (rows: readonly unknown[]) => number): Promise<void> {
  if ('shape' in list) return readPages(calls, list, take)
  return 'ask' in list ? readNumbered(calls, list, take) : readOffsets(calls, list, take)
}

/** The first rows of a list, with one request; `limit` where the provider is asked for so many. */
export async function readFirst(calls: Calls, list: AnyList, limit: number): Promise<readonly unknown[]> {
  if ('shape' in list) {
    return readPage(await calls.json((options) => list.send({ limit, cursor: null }, options))).data
  }
  return 'ask' in list
    ? numberedPage(list, await calls.openList().page((options) => list.ask(1, options))).rows
    : offsetPage(await calls.json((options) => list.send(0, options))).data
}

type Lists = Readonly<Record<string, (...of: never[]) => object>>

/**
 * Names the route of every list after the list: a provider that limits requests counts them by path template, and a
 * list is one template, whatever ids are in its path.
 */
export function withRoutes<L extends Lists>(lists: L): L {
  const named = Object.entries(lists).map(([route, make]) => [
    route,
    (...of: never[]) => {
      const list = make(...of)
      return typeof list === 'function' ? list : { ...list, route }
    },
  ])
  return Object.fromEntries(named) as L
}
