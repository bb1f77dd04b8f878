import { createBrowserHistory, createRouter, type ParsedPath } from '@tanstack/react-router'

import { frame } from '../data/areas.ts'
import { parseSearch, stringifySearch } from '../data/search-params.ts'
import { NoSuchPage, PageError, PageLoading } from '../entities/page-states.tsx'
import { AREAS } from './areas.ts'
import { withoutDialogs } from './dialog-history.ts'
import { Frame } from './frame.tsx'

/** The search params of each page that open a dialog. */
const DIALOGS = new Map<string, readonly string[]>(
  AREAS.map(({ options }) => [(options as { readonly path: string }).path, options.staticData.dialogs ?? []]),
)

function namesDialog({ pathname, search }: ParsedPath): boolean {
  const names = [...(frame.options.staticData.dialogs ?? []), ...(DIALOGS.get(pathname) ?? [])]
  const params = new URLSearchParams(search)
  return names.some((name) => params.has(name))
}

frame.update({ ...frame.options, component: Frame, notFoundComponent: NoSuchPage })

export const router = createRouter({
  routeTree: frame.addChildren(AREAS),
  history: withoutDialogs(createBrowserHistory(), namesDialog),
  parseSearch,
  stringifySearch,
  defaultPreload: 'intent',
  defaultPendingMs: 150,
  defaultPendingComponent: PageLoading,
  defaultErrorComponent: PageError,
  defaultNotFoundComponent: NoSuchPage,
  scrollRestoration: false,
})

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router
  }
}
