import { useQueryClient, type QueryClient, type QueryFunction, type QueryKey } from '@tanstack/react-query'
import { useState } from 'react'

import { MAX_SLICE } from '../../../shared/contract/common.ts'
import type { Range } from './scroll-map.ts'
import { useQueries } from '../use-query.ts'

export interface Slice<Row> {
  readonly total: number
  readonly rows: readonly Row[]
}

export interface SliceQuery<Row> {
  readonly queryKey: QueryKey
  readonly queryFn: QueryFunction<Slice<Row>>
}

/** A list that the service slices. `key` names its filter and sort: another key is another list. */
export interface ListSource<Row> {
  readonly key: string
  readonly slice: (offset: number, limit: number) => SliceQuery<Row>
}

/** The list of an operation for its input, which is the list's scope, filter and sort. */
export function toListSource<Input extends object, Row>(
  input: Input,
  list: (input: Input & { readonly offset: number; readonly limit: number }) => SliceQuery<Row>,
): ListSource<Row> {
  return { key: JSON.stringify(input), slice: (offset, limit) => list({ ...input, offset, limit }) }
}

/** Rows per request, aligned, so that the same rows are always the same cached answer. */
export const SLICE = 50

/** Slices out of view are soon removed from the cache: dragging over a million rows would keep them all. */
const KEEP_UNSEEN_MS = 60_000

export interface Slices<Row> {
  /** Rows in the list; null until the first answer. */
  readonly total: number | null
  /** Undefined until the row arrives. */
  readonly rowAt: (index: number) => Row | undefined
  /** True if the rows still answer the previous filter. */
  readonly stale: boolean
  readonly fetching: boolean
  readonly error: unknown
  readonly retry: () => void
}

/**
 * The slices that contain the rows in view, fetched when they come into view and cancelled when they leave it before
 * the answer is there (the query's signal is passed on). Until the first answer to a new filter arrives, the rows of
 * the previous filter stay.
 */
export function useSlices<Row>(source: ListSource<Row>, offsets: readonly number[]): Slices<Row> {
  const client = useQueryClient()
  const [settled, setSettled] = useState<{ readonly source: ListSource<Row>; readonly total: number } | null>(null)
  const results = useQueries({
    queries: offsets.map((offset) => ({ ...source.slice(offset, SLICE), gcTime: KEEP_UNSEEN_MS })),
  })
  const newest = results.reduce<(typeof results)[number] | null>(
    (best, result) => (result.data && (!best || result.dataUpdatedAt > best.dataUpdatedAt) ? result : best),
    null,
  )
  const own = newest?.data?.total ?? (settled?.source.key === source.key ? settled.total : null)
  if (own !== null && (settled?.source.key !== source.key || settled.total !== own)) {
    setSettled({ source, total: own })
  }

  const failed = results.find((result) => result.error !== null)
  const stale = own === null && settled !== null && !failed
  const rowAt = (index: number): Row | undefined => {
    const offset = Math.floor(index / SLICE) * SLICE
    if (stale) return cached(client, settled.source, offset)?.rows[index - offset]
    return results[offsets.indexOf(offset)]?.data?.rows[index - offset]
  }
  return {
    total: own ?? (stale ? settled.total : null),
    rowAt,
    stale,
    fetching: results.some((result) => result.isFetching),
    error: failed?.error ?? null,
    retry: () => {
      for (const result of results) if (result.error !== null) void result.refetch()
    },
  }
}

function cached<Row>(client: QueryClient, source: ListSource<Row>, offset: number): Slice<Row> | undefined {
  return client.getQueryData<Slice<Row>>(source.slice(offset, SLICE).queryKey)
}

/** Reads slices ahead of showing them: null when they are loaded, else a promise that never rejects. */
export function useSliceLoader<Row>(source: ListSource<Row>): (offsets: readonly number[]) => Promise<unknown> | null {
  const client = useQueryClient()
  return (offsets) => {
    const missing = offsets.filter((offset) => cached(client, source, offset) === undefined)
    if (missing.length === 0) return null
    return Promise.all(
      missing.map((offset) => client.prefetchQuery({ ...source.slice(offset, SLICE), gcTime: KEEP_UNSEEN_MS })),
    )
  }
}

/**
 * Reads a range of rows completely, in the largest slices there are; for copying and selecting rows that are not in
 * view.
 */
export async function readRange<Row>(
  client: QueryClient,
  source: ListSource<Row>,
  range: Range,
): Promise<readonly Row[]> {
  const rows: Row[] = []
  for (let offset = range.first; offset < range.end; offset += MAX_SLICE) {
    const limit = Math.min(MAX_SLICE, range.end - offset)
    const slice = await client.fetchQuery({ ...source.slice(offset, limit), gcTime: 0 })
    rows.push(...slice.rows)
    if (slice.rows.length < limit) break
  }
  return rows
}
