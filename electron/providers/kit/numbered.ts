import type { Answer, AnsweredPage, Calls, Options } from './calls.ts'
import { CallFailure } from './errors.ts'

/** A list that comes in pages by their number, from 1 (GitHub, LiteLLM). */
export interface NumberedList {
  /** As of `List`. */
  readonly route?: string
  /** Rows asked for on each page. */
  readonly size: number
  /**
   * True if the provider's documentation calls the count in its answers the number of rows of this list. A count of
   * something else (billed seats) ends no list; it only shows that something was changed meanwhile.
   */
  readonly countsRows: boolean
  ask(page: number, options: Options): Answer
  /** Opens the list in an answer; null where it holds none. */
  open(body: unknown, headers: Headers): NumberedPage | null
}

export interface NumberedPage {
  readonly rows: readonly unknown[]
  /** Null where the answer has none. */
  readonly count: number | null
  /** True if the answer reports a further page; null where it reports nothing about that. */
  readonly more: boolean | null
}

/** The page in an answer. Throws `CallFailure` for a body that holds no list. */
export function numberedPage(list: NumberedList, { body, headers }: AnsweredPage): NumberedPage {
  const page = list.open(body, headers)
  if (page === null) throw new CallFailure('malformed', 'it holds no list of rows')
  return page
}

/** True if the header `Link` reports a further page (RFC 8288); null without the header. */
export function hasNextLink(headers: Headers): boolean | null {
  const link = headers.get('link')
  return link === null ? null : /;\s*rel="?(?:[^";,]*\s)?next\b/iu.test(link)
}

/**
 * Reads a list to its end and gives `take` the rows of each page; `take` returns how many of them had not come before. The
 * list ends where the provider reports its end, else with a page that is not full. Rows that are added, removed or sorted
 * in another way meanwhile move the others over the border of a page: where the count changes, fewer different rows came
 * than it, or (in a list without a count of its rows) one comes twice, the list counts as unfinished (`CallFailure` of kind
 * `paging`), as does one that goes on beyond `LIST_BOUNDS`.
 */
export async function readNumbered(
  calls: Calls,
  list: NumberedList,
  take: (rows: readonly unknown[]) => number,
): Promise<void> {
  const pages = calls.openList()
  let different = 0
  let repeated = 0
  let expected: number | null = null
  for (let page = 1; ; page++) {
    const at = page
    const { rows, count, more } = numberedPage(list, await pages.page((options) => list.ask(at, options), list.route))
    pages.count(rows.length)
    if (page > 1 && count !== expected) throw changed()
    expected = count
    const length = list.countsRows ? count : null
    const fresh = take(rows)
    different += fresh
    repeated += rows.length - fresh
    if (length === null ? !(more ?? rows.length >= list.size) : different >= length) {
      if (length === null ? repeated > 0 : more === true || different > length) throw changed()
      return
    }
    // Rows are missing: the list has ended too early, or its pages overlap.
    if (rows.length === 0 || more === false) throw changed()
    if (fresh === 0) throw new CallFailure('paging', 'its pages repeat without end')
  }
}

function changed(): CallFailure {
  return new CallFailure('paging', 'the list was changed while it was read; sync again')
}
