import type { TablerIcon } from '@tabler/icons-react'
import {
  createRootRoute,
  createRoute,
  lazyRouteComponent,
  retainSearchParams,
  type RegisteredRouter,
} from '@tanstack/react-router'
import { createContext, use, type ReactElement } from 'react'
import type { z } from 'zod'

import { type Area, AREAS } from '../../shared/contract/app.ts'
import type { Counts } from '../../shared/contract/counts.ts'
import type { query } from './api.ts'
import { rootSearch } from './search-params.ts'

/** The groups of the rail from the top, with their headings; `more` is closed by default, `bottom` is at the bottom. */
export const RAIL_GROUPS = [
  { id: 'today', label: null },
  { id: 'access', label: 'Access' },
  { id: 'govern', label: 'Govern' },
  { id: 'spend', label: 'Spend' },
  { id: 'more', label: 'More' },
  { id: 'bottom', label: null },
] as const

export type RailGroup = (typeof RAIL_GROUPS)[number]['id']

/** A part of the contract. */
export type Router = Exclude<keyof typeof query, 'key'>

/** The declaration of a feature. The router, the rail, the palette, the refetching and the scope switch read it. */
interface AreaFacts {
  /** Its place in the rail and the palette; null for an area that is only reached from other pages. */
  readonly rail: RailEntry | null
  /** Its parts of the contract, each with the areas of the register that it reads. */
  readonly reads: Readonly<Partial<Record<Router, readonly Area[]>>>
  /** Search params that name one thing, which another scope may not contain. Filters stay, an open panel closes. */
  readonly opens: readonly string[]
  /** Search params that open a dialog or a drawer: Back never opens one again that was closed or submitted. */
  readonly dialogs?: readonly string[]
  /** The path of the area whose place in the rail and whose tabs this one shares; it may follow from params. */
  readonly parent?: string | ((params: Readonly<Record<string, string>>) => string)
  /** Its tabs under the title of the page, the default one first. */
  readonly tabs?: readonly AreaTab[]
  /** Search params that stay when another tab of the same area is opened. */
  readonly keeps?: readonly string[]
}

interface AreaTab<Search = Readonly<Record<string, unknown>>> {
  readonly label: string
  /** The search params that show it. */
  readonly search?: Search
  /** Other words for it, for the palette. */
  readonly synonyms?: string
}

interface RailEntry {
  readonly group: RailGroup
  readonly label: string
  /** The content of the area, for the palette. */
  readonly about: string
  readonly icon: TablerIcon
  /** The letter that opens it after `g`. */
  readonly letter: string
  /** Other words for it, for the palette. */
  readonly synonyms?: string
  /** The number beside it, or of what failed. */
  readonly count?: keyof Counts
}

declare module '@tanstack/react-router' {
  interface StaticDataRouteOption extends AreaFacts {}
}

/** The areas of the register that access facts come from, for every page that shows them. */
export const ACCESS_FACTS = ['client', 'connection', 'sync', 'access'] as const satisfies readonly Area[]

/** The frame around every page. `app` sets its component. */
export const frame = createRootRoute({
  validateSearch: rootSearch,
  // Links name the area and its filter; the scope is kept unless they set it.
  search: { middlewares: [retainSearchParams(['client'])] },
  staticData: {
    rail: null,
    reads: {
      app: ['client', 'settings', 'app'],
      counts: [...ACCESS_FACTS, 'rotation', 'policy', 'findings', 'reviews', 'remediation'],
      desktop: [],
      search: ACCESS_FACTS,
      sync: [],
      // A decision anywhere may wait for the server.
      team: AREAS,
      views: ['client', 'settings'],
    },
    opens: ['remediate'],
    dialogs: ['remediate'],
  },
})

interface AreaOptions<Path extends string, Search extends z.ZodObject> extends AreaFacts {
  readonly path: Path
  readonly search: Search
  /** Loaded when it is first shown. */
  readonly page: () => Promise<{ readonly Page: () => ReactElement }>
  readonly opens: readonly (keyof z.output<Search> & string)[]
  readonly dialogs?: readonly (keyof z.output<Search> & string)[]
  readonly tabs?: readonly AreaTab<Readonly<Partial<z.output<Search>>>>[]
  readonly keeps?: readonly (keyof z.output<Search> & string)[]
}

/** The route of a feature, with its declaration. */
export function defineArea<const Path extends string, Search extends z.ZodObject>({
  path,
  search,
  page,
  ...facts
}: AreaOptions<Path, Search>) {
  return createRoute({
    getParentRoute: () => frame,
    path,
    validateSearch: search,
    component: lazyRouteComponent(page, 'Page'),
    staticData: facts,
  })
}

/** Paths that need no parameters. */
export type AreaPath = Exclude<keyof RegisteredRouter['routesByPath'], `${string}$${string}`>

export interface AreaEntry {
  readonly path: string
  readonly rail: RailEntry | null
  readonly parent: string | undefined
  readonly tabs: readonly Required<AreaTab>[]
  readonly keeps: readonly string[]
}

export interface AreaLink extends RailEntry {
  readonly path: AreaPath
}

/** All areas in their order, provided by `app`, which alone knows all features. */
export const Areas = createContext<readonly AreaEntry[]>([])

export function useAreas(): readonly AreaEntry[] {
  return use(Areas)
}

/** The areas that the rail and the palette show, and that shortcuts open. */
export function toLinks(areas: readonly AreaEntry[]): readonly AreaLink[] {
  return areas.flatMap(({ path, rail }) => (rail === null ? [] : [{ ...rail, path: path as AreaPath }]))
}

export function useAreaLinks(): readonly AreaLink[] {
  return toLinks(useAreas())
}
