/**
 * Lists that can be read at any position in constant time: the ids of a filter and a sort are resolved once, and each
 * slice is cut from them until the register changes. A handful of lists is kept; the least recently read is dropped
 * first.
 */
export interface Lists {
  /** The slice, where the list or its beginning is known without reading all of it; else null. */
  find(request: SliceAsked): Slice | null
  slice(request: SliceAsked & { readonly resolve: () => readonly number[] }): Slice
  /** Keeps a list that was read elsewhere. */
  keep(request: ListAsked, ids: Float64Array): void
  /** An answer that was kept; its type is that of what was asked. */
  recall(request: ListAsked): { readonly answer: unknown } | undefined
  /** Keeps an answer that is not a list of ids, in the same way. */
  remember(request: ListAsked, answer: unknown): void
  /** Reads a list elsewhere, once for all who ask meanwhile, and after those that were asked for before. */
  readOnce<T>(request: ListAsked, read: () => Promise<T>): Promise<T>
  clear(): void
}

export interface ListAsked {
  readonly list: string
  readonly query: unknown
  /** Changes with the register (and with the day, where due days count). */
  readonly revision: number | string
}

interface SliceAsked extends ListAsked {
  readonly offset: number
  readonly limit: number
  /** So many of the first rows, where they can be read faster than the whole; the list is not kept then. */
  readonly first?: ((most: number) => Slice | null) | undefined
}

interface Slice {
  /** How many rows the whole list has. */
  readonly total: number
  readonly ids: readonly number[]
}

const KEPT = 12

/** Rows up to which the beginning is read without the whole: what a tall window shows of a list that it opens. */
const BEGINNING = 200

export function newLists(): Lists {
  const kept = new Map<string, { readonly revision: number | string; readonly ids: Float64Array }>()
  const answers = new Map<string, { readonly revision: number | string; readonly answer: unknown }>()
  const reading = new Map<string, Promise<unknown>>()
  let turn: Promise<unknown> = Promise.resolve()

  const keep = ({ list, query, revision }: ListAsked, ids: Float64Array): void => {
    keepNewest(kept, toName(list, query), { revision, ids })
  }
  const find: Lists['find'] = ({ first, ...asked }) => {
    const { list, query, revision, offset, limit } = asked
    const known = kept.get(toName(list, query))
    const end = offset + limit
    if (known?.revision === revision) {
      keep(asked, known.ids)
      return { total: known.ids.length, ids: [...known.ids.subarray(offset, end)] }
    }
    const beginning = end <= BEGINNING ? (first?.(end) ?? null) : null
    return beginning === null ? null : { total: beginning.total, ids: beginning.ids.slice(offset) }
  }
  return {
    find,
    keep,
    recall: ({ list, query, revision }) => {
      const known = answers.get(toName(list, query))
      return known?.revision === revision ? known : undefined
    },
    remember: ({ list, query, revision }, answer) => {
      keepNewest(answers, toName(list, query), { revision, answer })
    },
    slice: ({ resolve, ...asked }) => {
      const found = find(asked)
      if (found !== null) return found
      // Eight bytes an id; an array of numbers takes more than twice that.
      const ids = Float64Array.from(resolve())
      keep(asked, ids)
      return { total: ids.length, ids: [...ids.subarray(asked.offset, asked.offset + asked.limit)] }
    },
    readOnce: <T>({ list, query, revision }: ListAsked, read: () => Promise<T>): Promise<T> => {
      const name = `${revision} ${toName(list, query)}`
      const running = reading.get(name)
      // The name has the list, so what is read of it is of one kind.
      if (running !== undefined) return running as Promise<T>
      const mine = turn.then(read).finally(() => reading.delete(name))
      turn = mine.catch(() => undefined)
      reading.set(name, mine)
      return mine
    },
    clear: () => {
      kept.clear()
      answers.clear()
    },
  }
}

/** Keeps a value as the newest, and drops the oldest of too many. */
function keepNewest<T>(all: Map<string, T>, name: string, value: T): void {
  all.delete(name)
  all.set(name, value)
  const oldest = all.keys().next().value
  if (all.size > KEPT && oldest !== undefined) all.delete(oldest)
}

function toName(list: string, query: unknown): string {
  return `${list} ${JSON.stringify(query)}`
}
