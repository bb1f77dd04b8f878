import type { Moment } from '../../../shared/domain/day.ts'
import { findingMarks } from '../../register/findings/counts.ts'
import type { FirstSlice } from '../../register/db/first-slice.ts'
import type { Reader } from '../../register/db/handles.ts'
import { countLongest } from '../../register/facts/tallies.ts'
import { checkScope, type Context, getReader, makeMoment, makeRegister, getToday } from './context.ts'
import type { AnswerOf, ListOrder, LongList, Question, WholeAnswer } from './order-aside.ts'

interface SliceRequest<Q> {
  readonly list: string
  readonly query: Q & { readonly offset: number; readonly limit: number; readonly client?: string | undefined }
  readonly ids: (query: Q) => readonly number[]
  /** The first ids and the number of all, where they can be read without the whole list. */
  readonly first?: (query: Q, limit: number) => FirstSlice | null
  /** The revision of what the ids are made from; by default the register is read for them. */
  readonly revision?: number | undefined
}

interface LongRequest<L extends LongList, Q> extends SliceRequest<Q> {
  readonly list: L
  /** True if the register is read for it whatever is asked of the list; else counts alone and narrow lists are short. */
  readonly isWhole?: boolean
  /** The thread's order, where that is more than the query. */
  readonly toOrder?: (query: Q) => Promise<ListOrder<L>['query']>
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

function toAsked<Q>(context: Context, { list, query, first, revision }: SliceRequest<Q>) {
  const { offset, limit, ...rest } = query
  const register = revision ?? makeRegister(context).revision()
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
export function readLongSlice<L extends LongList, Q extends ListOrder<L>['query'], R>(
  context: Context,
  request: LongRequest<L, Q>,
  rows: (ids: readonly number[]) => R[],
): Slice<R> | Promise<Slice<R>> {
  checkScope(context, request.query)
  const isNarrow = NARROW.some((name) => name in request.query && request.query[name as keyof Q] !== undefined)
  const isSlow = request.isWhole === true || (request.query.limit > 0 && !isNarrow)
  return isSlow && isLongRegister(context) ? readAside(context, request, rows) : readSlice(context, request, rows)
}

/** True if the lists of the open register are so long that a thread reads them. */
export function isLongRegister(context: Context): boolean {
  return countLongest(getReader(context)) >= context.asideFrom
}

async function readAside<L extends LongList, Q extends ListOrder<L>['query'], R>(
  context: Context,
  request: LongRequest<L, Q>,
  rows: (ids: readonly number[]) => R[],
): Promise<Slice<R>> {
  const { orderAside } = await import('./order-aside.ts')
  for (let n = 0; n < TRIES; n += 1) {
    const asked = toAsked(context, request)
    const found = context.lists.find(asked)
    if (found !== null) return { total: found.total, revision: asked.register, rows: rows(found.ids) }
    const query = (await request.toOrder?.(request.query)) ?? request.query
    const order = { list: request.list, query, moment: makeMoment(context) }
    const register = makeRegister(context)
    const { revision, result } = await context.lists.readOnce(asked, () => orderAside(register, order))
    if (makeRegister(context) === register && revision === asked.register) context.lists.keep(asked, result)
  }
  return readSlice(context, request, rows)
}

/** A question for which the whole register is read, with the function that answers it in this thread. */
interface WholeRequest<A extends WholeAnswer> extends Pick<Question<A>, 'answer' | 'query'> {
  readonly read: (reader: Reader, query: Question<A>['query'], moment: Moment) => AnswerOf<A>
  /** True if the question is about so little that it is answered in this thread. */
  readonly isNarrow?: boolean
  /** True if the answer is kept; true by default. */
  readonly isKept?: boolean
}

export interface Whole<A extends WholeAnswer> {
  readonly answer: AnswerOf<A>
  /** The revision of the register that it is of. */
  readonly revision: number
}

/**
 * The answer of a question for which the whole register is read: once for each revision and day, and in a thread of its own
 * where the register is long.
 */
export async function readWhole<A extends WholeAnswer>(context: Context, request: WholeRequest<A>): Promise<Whole<A>> {
  const { answer: list, query, read, isNarrow = false, isKept = true } = request
  const tries = isNarrow ? 0 : TRIES
  for (let n = 0; n < tries && isLongRegister(context); n += 1) {
    const { asked, known } = recall(context, request)
    if (known !== null) return known
    const { answerAside } = await import('./order-aside.ts')
    const question = { answer: list, query, moment: makeMoment(context) }
    const register = makeRegister(context)
    const { revision, result } = await context.lists.readOnce(asked, () => answerAside(register, question))
    if (makeRegister(context) !== register || revision !== asked.register) continue
    if (isKept) context.lists.remember(asked, result)
    return { answer: result, revision }
  }
  const { asked, known } = recall(context, request)
  if (known !== null) return known
  const answer = read(getReader(context), query, makeMoment(context))
  if (isKept) context.lists.remember(asked, answer)
  return { answer, revision: asked.register }
}

function recall<A extends WholeAnswer>(context: Context, { answer: list, query }: WholeRequest<A>) {
  const register = makeRegister(context).revision()
  const asked = { list, query, register, revision: `${register} ${getToday(context)}` }
  const known = context.lists.recall(asked)
  // A question is named by what it asks, so a kept entry is its answer.
  return { asked, known: known === undefined ? null : { answer: known.answer as AnswerOf<A>, revision: register } }
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
