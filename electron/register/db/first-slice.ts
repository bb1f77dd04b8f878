/** The beginning of a list, read without its whole order. */
export interface FirstSlice {
  /** How many rows the whole list has. */
  readonly total: number
  /** As many as were asked for, or all. */
  readonly ids: readonly number[]
}

/** A list of fewer rows is read whole as fast. */
export const WORTH_SLICING = 20_000

/** Fields of a query that leave out no row of a scope. */
const NO_FILTERS: ReadonlySet<string> = new Set(['sort', 'client', 'offset', 'limit'])

/** True if a query of a list has no filter except its client, and this order. */
export function isPlain(query: { readonly sort: { readonly by: string } }, by: string): boolean {
  return (
    query.sort.by === by &&
    Object.entries<unknown>(query).every(([name, value]) => NO_FILTERS.has(name) || value === undefined || value === '')
  )
}
