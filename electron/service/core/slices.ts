import { findingMarks } from '../../register/findings/counts.ts'
import type { FirstSlice } from '../../register/db/first-slice.ts'
import { countLongest } from '../../register/facts/tallies.ts'
import { checkScope, type Context, getReader, makeMoment, makeRegister, getToday } from './context.ts'
import type { ListOrder, LongList } from './order-thread.ts'

interface SliceRequest<Q> {
  readonly list: string
  readonly query: Q & { readonly offset: number; readonly limit: number; readonly client?: string | undefined }
  readonly ids: (query: Q) => readonly number[]
  /** The first ids and the number of all, where they can be read without the whole list. */
  readonly first?: (query: Q, limit: number) => FirstSlice | null
}

interface Slice<R> {
  readonly total: number
  readonly revision: number
  readonly rows: R[]
}

/** A slice of a list: ids from the cache of lists, rows for these alone. */
export function readSlice<Q, R>(
  context: Context,
  request: SliceRequest<Q>,
  rows: (ids: readonly number[]) => R[],
): Slice<R> {
  checkScope(context, request.query)
  const asked = toAsked(context, request)
  const { total, ids } = context.lists.slice({ ...asked, resolve: () => request.ids(request.query) })
  return { total, revision: asked.register, rows: rows(ids) }
}

function toAsked<Q>(context: Context, { list, query, first }: SliceRequest<Q>) {
  const { offset, limit, ...rest } = query
  const register = makeRegister(context).revision()
  return {
    list,
    query: rest,
    register,
    revision: `${register} ${getToday(context)}`,
    offset,
    limit,
    first: (most: number) => first?.(query, most) ?? null,
  }
}

/** Filters by which a list is short. */
const NARROW = ['search', 'connection', 'project', 'person', 'principal'] as const

/** How often a list is read again because the register changed meanwhile, before this thread reads it. */
const TRIES = 3

/**
 * A slice of a list that may be so long that its order takes a while: it is worked out in a thread of its own then, and
 * the service answers meanwhile. Counts alone and narrow lists are read here, which is faster.
 */
export function readLongSlice<Q extends ListOrder['query'], R>(
  context: Context,
  request: SliceRequest<Q> & { readonly list: LongList },
  rows: (ids: readonly number[]) => R[],
): Slice<R> | Promise<Slice<R>> {
  checkScope(context, request.query)
  const isNarrow = NARROW.some((name) => name in request.query && request.query[name as keyof Q] !== undefined)
  const isLong = request.query.limit > 0 && !isNarrow && countLongest(getReader(context)) >= context.asideFrom
  return isLong ? readAside(context, request, rows) : readSlice(context, request, rows)
}

async function readAside<Q extends ListOrder['query'], R>(
  context: Context,
  request: SliceRequest<Q> & { readonly list: LongList },
  rows: (ids: readonly number[]) => R[],
): Promise<Slice<R>> {
  const { orderAside } = await import('./order-aside.ts')
  for (let n = 0; n < TRIES; n += 1) {
    const asked = toAsked(context, request)
    const found = context.lists.find(asked)
    if (found !== null) return { total: found.total, revision: asked.register, rows: rows(found.ids) }
    const order = { list: request.list, query: request.query, moment: makeMoment(context) }
    const register = makeRegister(context)
    const { revision, ids } = await context.lists.readOnce(asked, () => orderAside(register, order))
    if (makeRegister(context) === register && revision === asked.register) context.lists.keep(asked, ids)
  }
  return readSlice(context, request, rows)
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
