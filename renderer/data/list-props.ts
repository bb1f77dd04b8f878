import { capitalize } from '../../shared/domain/capitalize.ts'
import type { Filters } from '../../shared/nouns/filter.ts'
import type { Sort } from '../ui/table/grid-head.tsx'
import { type ListSource, type SliceQuery, toListSource } from '../ui/table/use-slices.ts'
import { type AskedFilter, toFilter } from './search-params.ts'

interface Listed<F extends Filters, By extends string> {
  readonly id: string
  readonly one: string
  readonly many: string
  readonly filters: F
  readonly sorts: readonly By[]
}

type Direction = 'asc' | 'desc'

/** The question to a list of a noun: its filters and its order. */
type Asked<F extends Filters, By extends string> = AskedFilter<F> & {
  readonly sort: { readonly by: By; readonly direction: Direction }
}

interface ListProps<Row> {
  readonly id: string
  readonly label: string
  readonly noun: readonly [one: string, many: string]
  readonly source: ListSource<Row>
  readonly sort: Sort
  readonly onSort: (sort: Sort) => void
}

/** The props of a table that shows a noun, by its description and the address: its rows, and how they are sorted. */
export function toListProps<F extends Filters, By extends string, Row>(
  noun: Listed<F, By>,
  search: Parameters<typeof toFilter<F>>[1] & {
    readonly sort?: string | undefined
    readonly dir?: Direction | undefined
  },
  set: (change: { readonly sort: By; readonly dir: Direction }) => void,
  read: (input: Asked<F, By> & { readonly offset: number; readonly limit: number }) => SliceQuery<Row>,
  usual = noun.sorts[0],
): ListProps<Row> {
  const by = noun.sorts.find((each) => each === search.sort) ?? usual
  if (by === undefined) throw new TypeError(`The list ${noun.id} has no order.`)
  const sort = { by, direction: search.dir ?? 'asc' } as const
  return {
    id: noun.id,
    label: capitalize(noun.many),
    noun: [noun.one, noun.many],
    source: toListSource(Object.assign(toFilter(noun, search), { sort }), read),
    sort,
    onSort: (next) => set({ sort: next.by as By, dir: next.direction }),
  }
}
