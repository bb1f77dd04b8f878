import type { z } from 'zod'

import { addDays, type Day } from '../domain/day.ts'
import { DUE_LISTS, type DueSpan, findDueSpan } from '../domain/due-span.ts'
import type { Filters } from '../nouns/filter.ts'
import type { ViewList, ViewSearch } from './views.ts'

/** A view that every register has. */
export interface BuiltInView {
  readonly name: string
  readonly search: ViewSearch
}

/** The views of each list that every register has, the whole list first. */
export const BUILT_IN_VIEWS: Readonly<Record<ViewList, readonly BuiltInView[]>> = {
  keys: [
    { name: 'All', search: {} },
    { name: 'Due within 7 days', search: { within: 7 } },
    { name: 'Production', search: { environment: ['production'] } },
    { name: 'No owner', search: { flag: ['unowned'] } },
    { name: 'Unused', search: { flag: ['unused'] } },
  ],
  people: [
    { name: 'All', search: {} },
    { name: 'Owners and admins', search: { privileged: true } },
    { name: 'External', search: { external: true } },
    { name: 'Leavers', search: { departed: true } },
  ],
  projects: [
    { name: 'All', search: {} },
    { name: 'Active', search: { status: ['active'] } },
    { name: 'Archived', search: { status: ['archived'] } },
  ],
  access: [
    { name: 'All', search: {} },
    { name: 'Production keys', search: { environment: ['production'] } },
    { name: 'Owners and admins', search: { privileged: true } },
    { name: 'Service accounts', search: { who: ['service-account'] } },
  ],
  findings: [
    { name: 'All', search: { view: 'all' } },
    { name: 'Critical and high', search: { view: 'all', severity: ['critical', 'high'] } },
    { name: 'Keys', search: { view: 'all', kind: ['key'] } },
    { name: 'Accepted', search: { view: 'all', state: 'accepted' } },
    { name: 'Resolved', search: { view: 'all', state: 'resolved' } },
  ],
  rotation: [
    { name: 'All keys', search: { view: 'all' } },
    { name: 'Production', search: { view: 'all', environment: ['production'] } },
    { name: 'No owner', search: { view: 'all', flag: ['unowned'] } },
    { name: 'Admin keys', search: { view: 'all', kind: ['admin'] } },
  ],
}

/** The due days of the keys of a view of rotation; without a list it is this week's. */
export function toDueSpan(search: ViewSearch, today: Day): DueSpan {
  return findDueSpan(DUE_LISTS.find((list) => list === search['view']) ?? 'week', today)
}

/** The filter of a list for its search params; what the list does not filter by is left out. */
export function toListFilter<T extends z.ZodObject>(
  { filters, filter }: { readonly filters: Filters; readonly filter: T },
  search: ViewSearch,
  today: Day,
): z.output<T> {
  const named = Object.entries(filters).map(([key, { name }]) => [key, search[name ?? key]] as const)
  const due = typeof search['within'] === 'number' ? { dueUntil: addDays(today, search['within']) } : {}
  return filter.parse({ ...Object.fromEntries(named.filter(([, value]) => value !== undefined)), ...due })
}
