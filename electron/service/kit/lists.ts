/**
 * Lists that can be read at any position in constant time: the ids of a filter and a sort are resolved once, and each
 * slice is cut from them until the register changes. A handful of lists is kept; the least recently read is dropped
 * first.
 */
export interface Lists {
  slice(request: {
    readonly list: string
    readonly query: unknown
    /** Changes with the register (and with the day, where due days count). */
    readonly revision: number | string
    readonly offset: number
    readonly limit: number
    readonly resolve: () => readonly number[]
    /** So many of the first rows, where they can be read faster than the whole; the list is not kept then. */
    readonly first?: ((most: number) => { readonly total: number; readonly ids: readonly number[] } | null) | undefined
  }): { readonly total: number; readonly ids: readonly number[] }
  clear(): void
}

const KEPT = 12

/** Rows up to which the beginning is read without the whole: what a tall window shows of a list that it opens. */
const BEGINNING = 200

export function newLists(): Lists {
  const kept = new Map<string, { readonly revision: number | string; readonly ids: Float64Array }>()
  return {
    slice: ({ list, query, revision, offset, limit, resolve, first }) => {
      const name = `${list} ${JSON.stringify(query)}`
      const known = kept.get(name)
      const end = offset + limit
      const beginning = end <= BEGINNING && known?.revision !== revision ? first?.(end) : null
      if (beginning) return { total: beginning.total, ids: beginning.ids.slice(offset) }
      // Eight bytes an id; an array of numbers takes more than twice that.
      const entry = known?.revision === revision ? known : { revision, ids: Float64Array.from(resolve()) }
      kept.delete(name)
      kept.set(name, entry)
      const oldest = kept.keys().next().value
      if (kept.size > KEPT && oldest !== undefined) kept.delete(oldest)
      return { total: entry.ids.length, ids: [...entry.ids.subarray(offset, offset + limit)] }
    },
    clear: () => kept.clear(),
  }
}
