import type { PageTab } from '../ui/tabs.tsx'
import type { AreaEntry } from './areas.ts'

type Search = Readonly<Record<string, unknown>>

/** The path of the area in whose place of the rail a page belongs: its parent's, else its own. */
export function findFamily(area: Pick<AreaEntry, 'path' | 'parent'>): string {
  return area.parent ?? area.path
}

/**
 * The tabs of the family of the area at a path, in the order of the areas. One of them is current: the tab of that area
 * whose search params are those of the page, by most params; else its first one.
 */
export function makeTabs(areas: readonly AreaEntry[], path: string, search: Search): readonly PageTab[] {
  const here = areas.find((area) => area.path === path)
  if (here === undefined) return []
  const family = areas.filter((area) => findFamily(area) === findFamily(here))
  const current = findCurrent(here, search)
  return family.flatMap((area) =>
    area.tabs.map((tab): PageTab => ({
      label: tab.label,
      current: tab === current,
      to: area.path,
      search: area === here ? (now) => ({ ...keep(now, area.keeps), ...tab.search }) : tab.search,
    })),
  )
}

function findCurrent({ tabs }: AreaEntry, search: Search): AreaEntry['tabs'][number] | undefined {
  const matches = tabs.filter((tab) => Object.entries(tab.search).every(([name, value]) => search[name] === value))
  const byParams = matches.toSorted((a, b) => Object.keys(b.search).length - Object.keys(a.search).length)
  return byParams[0] ?? tabs[0]
}

function keep(search: Search, names: readonly string[]): Search {
  return Object.fromEntries(Object.entries(search).filter(([name]) => names.includes(name)))
}
