import { findingMarks } from '../../register/findings/counts.ts'
import type { FirstSlice } from '../../register/db/first-slice.ts'
import { checkScope, type Context, getReader, makeRegister, getToday } from './context.ts'

interface SliceRequest<Q> {
  readonly list: string
  readonly query: Q & { readonly offset: number; readonly limit: number; readonly client?: string | undefined }
  readonly ids: (query: Q) => readonly number[]
  /** The first ids and the number of all, where they can be read without the whole list. */
  readonly first?: (query: Q, limit: number) => FirstSlice | null
}

/** A slice of a list: ids from the cache of lists, rows for these alone. */
export function readSlice<Q, R>(context: Context, request: SliceRequest<Q>, rows: (ids: readonly number[]) => R[]) {
  checkScope(context, request.query)
  const { offset, limit, ...query } = request.query
  const revision = makeRegister(context).revision()
  const { total, ids } = context.lists.slice({
    list: request.list,
    query,
    revision: `${revision} ${getToday(context)}`,
    offset,
    limit,
    resolve: () => request.ids(request.query),
    first: (most) => request.first?.(request.query, most) ?? null,
  })
  return { total, revision, rows: rows(ids) }
}

/** Rows with their open findings. */
export function marked<R extends object>(
  context: Context,
  kind: Parameters<typeof findingMarks>[1],
  rows: readonly R[],
  findId: (row: R) => number,
  scope: { readonly client?: string | undefined } = {},
) {
  const marks = findingMarks(getReader(context), kind, rows.map(findId), scope, getToday(context))
  return rows.map((row) => {
    const findings = marks.get(findId(row))
    return findings === undefined ? row : { ...row, findings }
  })
}
