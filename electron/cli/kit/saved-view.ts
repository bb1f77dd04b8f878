import type { z } from 'zod'

import { describeMissing } from '../../../shared/contract/view-subjects.ts'
import { BUILT_IN_VIEWS, toDueSpan, toListFilter } from '../../../shared/contract/view-search.ts'
import type { Api } from '../../../shared/contract/contract.ts'
import type { Filters } from '../../../shared/nouns/filter.ts'
import type { ViewList, ViewSearch } from '../../../shared/contract/views.ts'
import { toLocalDay } from '../../../shared/domain/day.ts'
import { Failed, Misuse } from './failure.ts'

export const VIEW_OPTION = ['--view <name>', 'filter as this view of the window does, such as "Production"'] as const

/** The filter of the view that a list is asked for; empty without one. Throws `Failed` for one that names nothing in this register. */
export async function readViewFilter<T extends z.ZodObject>(
  api: Api,
  list: ViewList,
  noun: { readonly filters: Filters; readonly filter: T },
  view: string | undefined,
  scope: { readonly client?: string },
): Promise<Partial<z.output<T>>> {
  if (view === undefined) return {}
  const search = await readView(api, list, view, scope)
  const missing = describeMissing(list, search)
  if (missing !== null) throw new Failed(missing, 'Sync the connection, or exchange with the team, and list it again.')
  const today = toLocalDay(Date.now())
  const filter = toListFilter(noun, search, today)
  return list === 'rotation' ? { ...filter, ...toDueSpan(search, today) } : filter
}

/**
 * The search params of a view of a list, by its name; those of the client in scope come first. Throws `Misuse` for an
 * unknown name, with the names that exist.
 */
async function readView(
  api: Api,
  list: ViewList,
  name: string,
  scope: { readonly client?: string },
): Promise<ViewSearch> {
  const saved = await api.views.list({ ...scope, list })
  const own = [...saved].sort((a, b) => Number(a.client === null) - Number(b.client === null))
  const views = [...own, ...BUILT_IN_VIEWS[list]]
  const found = views.find((view) => view.name.toLowerCase() === name.trim().toLowerCase())
  if (found !== undefined) return found.search
  const names = [...new Set(views.map((view) => view.name))].join(', ')
  throw new Misuse(`There is no view ${JSON.stringify(name)} of ${list}.`, `Give one of: ${names}.`)
}
