import type { Answer, Calls, Options } from './calls.ts'
import { CallFailure } from './errors.ts'

/** A list that comes in pages by their number, from 1 (GitHub, LiteLLM). */
export interface NumberedList {
  /** As of `List`. */
  readonly route?: string
  /** Rows asked for on each page. */
  readonly size: number
  ask(page: number, options: Options): Answer
  /** What an answer holds; null for one that holds no list. */
  open(body: unknown): NumberedPage | null
}

export interface NumberedPage {
  readonly rows: readonly unknown[]
  /** The length of the whole list; null where the provider does not report it, or counts something else. */
  readonly total: number | null
  /** A number that is not the length, and changes only when the list does; left out where the provider has none. */
  readonly stamp?: number | null
}

/** The page in an answer. Throws `CallFailure` for a body that holds no list. */
export function numberedPage(list: NumberedList, body: unknown): NumberedPage {
  const page = list.open(body)
  if (page === null) throw new CallFailure('malformed', 'it holds no list of rows')
  return page
}

/**
 * Reads a list to its end and gives `take` the rows of each page; `take` returns how many of them were new. A row that is
 * added or removed meanwhile moves the others over the border of a page: where the reported number of rows changes, or
 * fewer come than it, the list counts as unfinished (`CallFailure` of kind `paging`), as does one whose pages repeat or
 * that goes on beyond `LIST_BOUNDS`. Without a number the list ends with a page that is not full.
 */
export async function readNumbered(
  calls: Calls,
  list: NumberedList,
  take: (rows: readonly unknown[]) => number,
): Promise<void> {
  const pages = calls.openList()
  let read = 0
  let expected: Pick<NumberedPage, 'total' | 'stamp'> = { total: null }
  for (let page = 1; ; page++) {
    const at = page
    const found = numberedPage(list, await pages.json((options) => list.ask(at, options), list.route))
    const { rows, total } = found
    pages.count(rows.length)
    if (page > 1 && (total !== expected.total || found.stamp !== expected.stamp)) throw changed()
    expected = found
    const fresh = take(rows)
    read += rows.length
    if (total === null ? rows.length < list.size : read >= total) return
    if (rows.length === 0) throw changed()
    if (fresh === 0) throw new CallFailure('paging', 'its pages repeat without end')
  }
}

function changed(): CallFailure {
  return new CallFailure('paging', 'the list was changed while it was read; sync again')
}
