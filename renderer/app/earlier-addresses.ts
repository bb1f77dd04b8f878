import { createRoute, redirect } from '@tanstack/react-router'

import { frame } from '../data/areas.ts'

type Search = Readonly<Record<string, unknown>>

interface EarlierAddress {
  readonly path: string
  /** The path of the page that replaced it, by the search params of the address. */
  readonly to: (search: Search) => string
}

/** Addresses of earlier versions, as notes, bookmarks and notifications may contain them. */
export const EARLIER: readonly EarlierAddress[] = [
  { path: '/overview', to: () => '/' },
  { path: '/reminders', to: () => '/' },
  { path: '/structure', to: () => '/projects/tree' },
  { path: '/access', to: ({ view }) => (view === 'recommendations' ? '/findings/recommendations' : '/people/access') },
  { path: '/reports', to: () => '/usage/reports' },
  { path: '/usage/coverage', to: () => '/usage/reconciliation' },
]

/** Earlier addresses lead to the pages that replaced them; the search params stay, as far as the page knows them. */
export const EARLIER_ADDRESSES = EARLIER.map(({ path, to }) =>
  createRoute({
    getParentRoute: () => frame,
    path,
    beforeLoad: ({ location }) => {
      const search: Search = location.search
      throw redirect({ to: to(search) as '/', search: search as never, replace: true })
    },
    staticData: { rail: null, reads: {}, opens: [] },
  }),
)
