import { z } from 'zod'

import type { Answer, Calls, Options } from './calls.ts'
import { CallFailure } from './errors.ts'

/** A list that is paged by the number of rows to skip (OpenRouter). */
export interface OffsetList {
  /** As of `List`. */
  readonly route?: string
  send(offset: number, options: Options): Answer
}

const pageBody = z.object({
  data: z.array(z.unknown()),
  total_count: z.number().int().nonnegative().nullish().catch(null),
})

/** The rows of a page. Throws `CallFailure` for a body that holds no list. */
export function offsetPage(value: unknown): { readonly data: readonly unknown[]; readonly total: number | null } {
  const body = pageBody.safeParse(value)
  if (!body.success) throw new CallFailure('malformed', 'it holds no list under "data"')
  return { data: body.data.data, total: body.data.total_count ?? null }
}

/**
 * Reads a list to its end and gives `take` the rows of each page; `take` returns how many of them were new. Each page
 * begins with the last row of the one before: where that row is not there, the list was changed while it was read and
 * rows may have slipped through, so the list counts as unfinished (`CallFailure` of kind `paging`). Without a count the
 * list ends where a page brings no further row. One that goes on beyond `LIST_BOUNDS` throws `CallFailure` of kind
 * `paging` too.
 */
export async function readOffsets(
  calls: Calls,
  list: OffsetList,
  take: (rows: readonly unknown[]) => number,
): Promise<void> {
  const pages = calls.openList()
  let offset = 0
  let overlaps = false
  for (;;) {
    const from = offset
    const { data, total } = offsetPage(await pages.json((options) => list.send(from, options), list.route))
    pages.count(data.length)
    const fresh = take(data)
    const end = offset + data.length
    if (data.length === 0) {
      if (overlaps || (total !== null && total > offset)) throw changed()
      return
    }
    if (overlaps && fresh === data.length) throw changed()
    if (total !== null && end >= total) return
    if (fresh === 0) {
      if (overlaps && data.length === 1 && total === null) return
      throw new CallFailure('paging', 'its pages repeat without end')
    }
    overlaps = data.length > 1
    offset = overlaps ? end - 1 : end
  }
}

function changed(): CallFailure {
  return new CallFailure('paging', 'the list was changed while it was read; sync again')
}
