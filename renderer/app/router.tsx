import { createRouter } from '@tanstack/react-router'

import { frame } from '../data/areas.ts'
import { parseSearch, stringifySearch } from '../data/search-params.ts'
import { NoSuchPage, PageError, PageLoading } from '../entities/page-states.tsx'
import { AREAS } from './areas.ts'
import { Frame } from './frame.tsx'

frame.update({ ...frame.options, component: Frame, notFoundComponent: NoSuchPage })

export const router = createRouter({
  routeTree: frame.addChildren(AREAS),
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
