import type { Moment } from '../../../shared/domain/day.ts'
import { findingMarks } from '../../register/findings/counts.ts'
import type { FirstSlice } from '../../register/db/first-slice.ts'
import type { Reader } from '../../register/db/handles.ts'
import { countLongest } from '../../register/facts/tallies.ts'
import { checkScope, type Context, getReader, makeMoment, makeRegister, getToday } from './context.ts'
import type { Answered, ListOrder, LongList, Question, WholeAnswer } from './order-thread.ts'

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
  const isLong = request.query.limit > 0 && !isNarrow && isLongRegister(context)
  return isLong ? readAside(context, request, rows) : readSlice(context, request, rows)
}

function isLongRegister(context: Context): boolean {
  return countLongest(getReader(context)) >= context.asideFrom
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
    const { revision, result } = await context.lists.readOnce(asked, () => orderAside(register, order))
    if (makeRegister(context) === register && revision === asked.register) context.lists.keep(asked, result)
  }
  return readSlice(context, request, rows)
}

/** A question for which the whole register is read, with the function that answers it in this thread. */
interface WholeRequest<A extends WholeAnswer> extends Pick<Question<A>, 'answer' | 'query'> {
  readonly read: (reader: Reader, query: Question<A>['query'], moment: Moment) => Answered<A>
  /** Whether the question is about so little that it is answered in this thread. */
  readonly isNarrow?: boolean
}

/**
 * The answer of a question for which the whole register is read: once for each revision and day, and in a thread of its own
 * where the register is long. It is of the revision that the register has when the promise settles.
 */
export async function readWhole<A extends WholeAnswer>(
  context: Context,
  request: WholeRequest<A>,
): Promise<Answered<A>> {
  for (let n = 0; n < TRIES && !(request.isNarrow ?? false) && isLongRegister(context); n += 1) {
    const asked = toWholeAsked(context, request)
    const known = context.lists.recall(asked)
    if (known !== undefined) return known.answer as Answered<A>
    const { answerAside } = await import('./order-aside.ts')
    const question = { answer: request.answer, query: request.query, moment: makeMoment(context) }
    const register = makeRegister(context)
    const { revision, result } = await context.lists.readOnce(asked, () => answerAside(register, question))
    if (makeRegister(context) === register && revision === asked.register) context.lists.remember(asked, result)
  }
  const asked = toWholeAsked(context, request)
  // The name of what is asked has the question, so what is kept is its answer.
  const known = context.lists.recall(asked)
  if (known !== undefined) return known.answer as Answered<A>
  const answer = request.read(getReader(context), request.query, makeMoment(context))
  context.lists.remember(asked, answer)
  return answer
}

function toWholeAsked<A extends WholeAnswer>(context: Context, { answer, query }: WholeRequest<A>) {
  const register = makeRegister(context).revision()
  return { list: answer, query, register, revision: `${register} ${getToday(context)}` }
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
