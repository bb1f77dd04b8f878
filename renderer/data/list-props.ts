import { capitalize } from '../../shared/domain/capitalize.ts'
import type { Filters } from '../../shared/nouns/filter.ts'
import type { Sort } from '../ui/table/grid-head.tsx'
import { type SetSearch, toFilters } from '../ui/table/filters.ts'
import { type SliceQuery, toListSource } from '../ui/table/use-slices.ts'
import { type AskedFilter, listParams, toFilter } from './search-params.ts'

interface ListNoun<F extends Filters, By extends string> {
  readonly id: string
  readonly one: string
  readonly many: string
  readonly filters: F
  readonly sorts: readonly By[]
}

type Direction = 'asc' | 'desc'

/** The question to a list of a noun: its filters and its order. */
type ListQuestion<F extends Filters, By extends string> = AskedFilter<F> & {
  readonly sort: { readonly by: By; readonly direction: Direction }
}

/** A list by the description of its noun and the address: the rows, how they are sorted, and the filters. */
export function toList<
  F extends Filters,
  By extends string,
  Row,
  Search extends Parameters<typeof toFilter<F>>[1] & {
    readonly sort?: string | undefined
    readonly dir?: Direction | undefined
  },
>(
  noun: ListNoun<F, By>,
  search: Search,
  set: SetSearch<Search>,
  read: (input: ListQuestion<F, By> & { readonly offset: number; readonly limit: number }) => SliceQuery<Row>,
  usual = noun.sorts[0],
) {
  const by = noun.sorts.find((each) => each === search.sort) ?? usual
  if (by === undefined) throw new TypeError(`The list ${noun.id} has no order.`)
  const sort = { by, direction: search.dir ?? 'asc' } as const
  const params = listParams(noun)
  return {
    list: {
      id: noun.id,
      label: capitalize(noun.many),
      noun: [noun.one, noun.many] as const,
      source: toListSource(Object.assign(toFilter(noun, search), { sort }), read),
      sort,
      onSort: (next: Sort) => set({ sort: next.by, dir: next.direction } as unknown as Partial<Search>),
    },
    filters: toFilters(search, set, params as readonly (keyof Search & string)[]),
    viewParams: [...params, 'sort', 'dir'],
  }
}
