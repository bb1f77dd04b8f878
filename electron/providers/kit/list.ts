import type { Calls } from './calls.ts'
import { numberedPage, readNumbered, type NumberedList } from './numbered.ts'
import { offsetPage, readOffsets, type OffsetList } from './offset.ts'
import { readPage, readPages, type List } from './paging.ts'

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
