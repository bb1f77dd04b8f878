import { z } from 'zod'

import type { Answer, Calls, Options } from './calls.ts'
import { CallFailure } from './errors.ts'

/** A list that is paged by the number of rows to skip (OpenRouter). */
export interface OffsetList {
  /** As of `List`. */
  readonly route?: string
  /** As of `NumberedList`, of `total_count`. */
  readonly countsRows: boolean
  send(offset: number, options: Options): Answer
}

const pageBody = z.object({
  data: z.array(z.unknown()),
  total_count: z.number().int().nonnegative().nullish().catch(null),
})

/** The rows of a page. Throws `CallFailure` for a body that holds no list. */
export function offsetPage(value: unknown): { readonly data: readonly unknown[]; readonly count: number | null } {
  const body = pageBody.safeParse(value)
  if (!body.success) throw new CallFailure('malformed', 'it holds no list under "data"')
  return { data: body.data.data, count: body.data.total_count ?? null }
}

/**
 * Reads a list to its end and gives `take` the rows of each page; `take` returns how many of them had not come before.
 * Each page begins with the last row of the one before: where that row is not there, or another row comes again, the list
 * was changed while it was read and rows may have slipped through, so the list counts as unfinished (`CallFailure` of kind
 * `paging`), as it does with fewer different rows than its length (`total_count`, as documented). Without a length the list
 * ends where a page brings no further row. One that goes on beyond `LIST_BOUNDS` throws `CallFailure` of kind `paging` too.
 */
export async function readOffsets(
  calls: Calls,
  list: OffsetList,
  take: (rows: readonly unknown[]) => number,
): Promise<void> {
  const pages = calls.openList()
  let offset = 0
  let overlap = 0
  let different = 0
  let expected: number | null = null
  for (;;) {
    const from = offset
    const { data, count } = offsetPage(await pages.json((options) => list.send(from, options), list.route))
    pages.count(data.length)
    if (offset > 0 && count !== expected) throw changed()
    expected = count
    const total = list.countsRows ? count : null
    const fresh = take(data)
    different += fresh
    if (total === null ? data.length === overlap && fresh === 0 : different >= total) {
      if (different > (total ?? different)) throw changed()
      return
    }
    if (fresh === 0 && data.length > overlap) throw new CallFailure('paging', 'its pages repeat without end')
    if (data.length <= overlap || fresh !== data.length - overlap) throw changed()
    const end = offset + data.length
    overlap = data.length > 1 ? 1 : 0
    offset = end - overlap
  }
}

function changed(): CallFailure {
  return new CallFailure('paging', 'the list was changed while it was read; sync again')
}
