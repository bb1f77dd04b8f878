import { listMissing, NO_ROW } from '../../../shared/contract/view-subjects.ts'
import type { SavedView, ViewList, ViewSearch } from '../../../shared/contract/views.ts'

/** The params of an address that a view keeps: those named, as far as they are set. */
export function pickSearch(search: object, params: readonly string[]): ViewSearch {
  const all = search as Readonly<Record<string, ViewSearch[string] | undefined>>
  return Object.fromEntries(
    params.flatMap((param) => {
      const value = all[param]
      return value === undefined || (Array.isArray(value) && value.length === 0) ? [] : [[param, value]]
    }),
  )
}

/**
 * The saved views of a page: those of all clients, and with a client its own, which come first where both have a name.
 * Views of several clients may have one name.
 */
export function listOwnViews(saved: readonly SavedView[], client: string | undefined): readonly SavedView[] {
  const own = saved.filter((view) => view.client !== null && view.client.slug === client)
  const taken = new Set(own.map(({ name }) => name.toLowerCase()))
  return saved.filter((view) => own.includes(view) || (view.client === null && !taken.has(view.name.toLowerCase())))
}

/** True if two searches find the same rows in the same order; the order of the values of one filter does not matter. */
export function isSameSearch(a: ViewSearch, b: ViewSearch): boolean {
  return toKey(a) === toKey(b)
}

function toKey(search: ViewSearch): string {
  const entries = Object.entries(search).map(([param, value]) => {
    const values = typeof value === 'object' ? [...new Set(value)].sort() : [value]
    return [param, values.map(String)] as const
  })
  return JSON.stringify(entries.sort(([a], [b]) => (a < b ? -1 : 1)))
}

/** The filters of an address that named nothing when its view was opened, by what the view has for them now that this register has it. */
export function findArrived(list: ViewList, now: ViewSearch, view: ViewSearch | undefined): ViewSearch {
  return Object.fromEntries(
    listMissing(list, now).flatMap((param) => {
      const found = view?.[param]
      return found === undefined || found === NO_ROW ? [] : [[param, found]]
    }),
  )
}
