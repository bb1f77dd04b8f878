import type { Calls } from './calls.ts'
import { offsetPage, readOffsets, type OffsetList } from './offset.ts'
import { readPage, readPages, type List } from './paging.ts'

/** A list of a provider, with any kind of paging. */
export type AnyList = List | OffsetList

/** Reads a list to its end, as `readPages` and `readOffsets` do. */
export function readList(calls: Calls, list: AnyList, take: (rows: readonly unknown[]) => number): Promise<void> {
  return 'shape' in list ? readPages(calls, list, take) : readOffsets(calls, list, take)
}

/** The first rows of a list, with one request; `limit` where the provider is asked for so many. */
export async function readFirst(calls: Calls, list: AnyList, limit: number): Promise<readonly unknown[]> {
  if (!('shape' in list)) return offsetPage(await calls.json((options) => list.send(0, options))).data
  return readPage(await calls.json((options) => list.send({ limit, cursor: null }, options))).data
}
