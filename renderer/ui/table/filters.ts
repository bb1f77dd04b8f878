import type { ComponentProps } from 'react'

import type { FilterBar } from './filter-bar.tsx'

/** Changes some search params; `replace` adds no step to the history. */
export type SetSearch<Search> = (change: Partial<Search>, replace?: boolean) => void

/** The filters of a list, from its search params and back. */
export interface Filters<Search> {
  readonly filtered: boolean
  readonly onClear: () => void
  /** Props of the bar; with a label there is a search field, whose text is the param `q`. */
  readonly bar: (label?: string) => Omit<ComponentProps<typeof FilterBar>, 'children'>
  /** Props of the chip of one param. */
  readonly chip: <Name extends keyof Search>(
    name: Name,
  ) => { readonly value: Search[Name]; readonly onChange: (value: Search[Name]) => void }
}

/** The filters of a list; `names` are its search params. */
export function toFilters<Search extends object>(
  search: Search,
  set: SetSearch<Search>,
  names: readonly (keyof Search & string)[],
): Filters<Search> {
  const change = (name: string, value: unknown, replace?: boolean): void =>
    set({ [name]: value } as Partial<Search>, replace)
  const both = {
    filtered: filteredBy(search, names),
    onClear: () => set(cleared(names) as unknown as Partial<Search>),
  }
  return {
    ...both,
    bar: (label) => {
      if (label === undefined) return both
      const { q = '' } = search as { readonly q?: string }
      return { ...both, search: { label, value: q, onChange: (text) => change('q', textOrNone(text), true) } }
    },
    chip: (name) => ({ value: search[name], onChange: (value) => change(String(name), value) }),
  }
}

/** True if any of these search params filters the list. */
export function filteredBy<Search>(search: Search, names: readonly (keyof Search)[]): boolean {
  return names.some((name) => search[name] !== undefined)
}

/** The change of the search params that removes these filters. */
export function cleared<const Name extends string>(names: readonly Name[]): { readonly [N in Name]: undefined } {
  return Object.fromEntries(names.map((name) => [name, undefined])) as { readonly [N in Name]: undefined }
}

/** A search text for the address: an empty one is left out. */
export function textOrNone(text: string): string | undefined {
  return text === '' ? undefined : text
}
