import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  retainSearchParams,
} from '@tanstack/react-router'

import { searchSchema as accessSearch } from '../features/access/search.ts'
import { searchSchema as budgetsSearch } from '../features/budgets/search.ts'
import { searchSchema as changesSearch } from '../features/changes/search.ts'
import { searchSchema as clientsSearch } from '../features/clients/search.ts'
import { searchSchema as connectionsSearch } from '../features/connections/search.ts'
import { searchSchema as coverageSearch } from '../features/reconciliation/search.ts'
import { searchSchema as filesSearch } from '../features/files/search.ts'
import { searchSchema as findingsSearch } from '../entities/findings-search.ts'
import { searchSchema as helpSearch } from '../features/help/search.ts'
import { searchSchema as keysSearch } from '../features/keys/search.ts'
import { searchSchema as leaversSearch } from '../features/leavers/search.ts'
import { searchSchema as offboardingSearch } from '../features/offboarding/search.ts'
import { searchSchema as overviewSearch } from '../features/overview/search.ts'
import { searchSchema as peopleSearch } from '../features/people/search.ts'
import { searchSchema as plansSearch } from '../features/plans/search.ts'
import { searchSchema as projectsSearch } from '../features/projects/search.ts'
import { searchSchema as remedySearch } from '../features/remediation/search.ts'
import { searchSchema as remindersSearch } from '../features/reminders/search.ts'
import { searchSchema as reportsSearch } from '../features/reports/search.ts'
import { searchSchema as reviewsSearch } from '../features/reviews/search.ts'
import { searchSchema as rotationSearch } from '../features/rotation/search.ts'
import { searchSchema as settingsSearch } from '../features/settings/search.ts'
import { searchSchema as snippetsSearch } from '../features/snippets/search.ts'
import { searchSchema as structureSearch } from '../features/structure/search.ts'
import { searchSchema as usageSearch } from '../features/usage/search.ts'
import { Frame } from './frame.tsx'
import { NoSuchPage, PageError, PageLoading } from '../entities/page-states.tsx'
import { parseSearch, rootSearch, stringifySearch } from '../data/search-params.ts'

const root = createRootRoute({
  component: Frame,
  validateSearch: rootSearch,
  // Links name the area and its filter; the scope goes with them unless they say otherwise.
  search: { middlewares: [retainSearchParams(['client'])] },
  notFoundComponent: NoSuchPage,
})

const parent = { getParentRoute: () => root } as const

const overview = createRoute({
  ...parent,
  path: '/',
  validateSearch: overviewSearch,
  component: lazyRouteComponent(() => import('../features/overview/page.tsx'), 'Page'),
})
const people = createRoute({
  ...parent,
  path: '/people',
  validateSearch: peopleSearch,
  component: lazyRouteComponent(() => import('../features/people/page.tsx'), 'Page'),
})
const keys = createRoute({
  ...parent,
  path: '/keys',
  validateSearch: keysSearch,
  component: lazyRouteComponent(() => import('../features/keys/page.tsx'), 'Page'),
})
const projects = createRoute({
  ...parent,
  path: '/projects',
  validateSearch: projectsSearch,
  component: lazyRouteComponent(() => import('../features/projects/page.tsx'), 'Page'),
})
const access = createRoute({
  ...parent,
  path: '/access',
  validateSearch: accessSearch,
  component: lazyRouteComponent(() => import('../features/access/page.tsx'), 'Page'),
})
const structure = createRoute({
  ...parent,
  path: '/structure',
  validateSearch: structureSearch,
  component: lazyRouteComponent(() => import('../features/structure/page.tsx'), 'Page'),
})
const findings = createRoute({
  ...parent,
  path: '/findings',
  validateSearch: findingsSearch,
  component: lazyRouteComponent(() => import('../features/findings/page.tsx'), 'Page'),
})
const leavers = createRoute({
  ...parent,
  path: '/leavers',
  validateSearch: leaversSearch,
  component: lazyRouteComponent(() => import('../features/leavers/page.tsx'), 'Page'),
})
const blast = createRoute({
  ...parent,
  path: '/blast/$kind/$id',
  component: lazyRouteComponent(() => import('../features/impact/page.tsx'), 'Page'),
})
const plans = createRoute({
  ...parent,
  path: '/plans',
  validateSearch: plansSearch,
  component: lazyRouteComponent(() => import('../features/plans/page.tsx'), 'Page'),
})
const changes = createRoute({
  ...parent,
  path: '/changes',
  validateSearch: changesSearch,
  component: lazyRouteComponent(() => import('../features/changes/page.tsx'), 'Page'),
})
const reviews = createRoute({
  ...parent,
  path: '/reviews',
  validateSearch: reviewsSearch,
  component: lazyRouteComponent(() => import('../features/reviews/page.tsx'), 'Page'),
})
const usage = createRoute({
  ...parent,
  path: '/usage',
  validateSearch: usageSearch,
  component: lazyRouteComponent(() => import('../features/usage/page.tsx'), 'Page'),
})
const coverage = createRoute({
  ...parent,
  path: '/usage/coverage',
  validateSearch: coverageSearch,
  component: lazyRouteComponent(() => import('../features/reconciliation/page.tsx'), 'Page'),
})
const budgets = createRoute({
  ...parent,
  path: '/usage/budgets',
  validateSearch: budgetsSearch,
  component: lazyRouteComponent(() => import('../features/budgets/page.tsx'), 'Page'),
})
const reports = createRoute({
  ...parent,
  path: '/reports',
  validateSearch: reportsSearch,
  component: lazyRouteComponent(() => import('../features/reports/page.tsx'), 'Page'),
})
const remedy = createRoute({
  ...parent,
  path: '/remedy',
  validateSearch: remedySearch,
  component: lazyRouteComponent(() => import('../features/remediation/page.tsx'), 'Page'),
})
const rotation = createRoute({
  ...parent,
  path: '/rotation',
  validateSearch: rotationSearch,
  component: lazyRouteComponent(() => import('../features/rotation/page.tsx'), 'Page'),
})
const connections = createRoute({
  ...parent,
  path: '/connections',
  validateSearch: connectionsSearch,
  component: lazyRouteComponent(() => import('../features/connections/page.tsx'), 'Page'),
})
const clients = createRoute({
  ...parent,
  path: '/clients',
  validateSearch: clientsSearch,
  component: lazyRouteComponent(() => import('../features/clients/page.tsx'), 'Page'),
})
const reminders = createRoute({
  ...parent,
  path: '/reminders',
  validateSearch: remindersSearch,
  component: lazyRouteComponent(() => import('../features/reminders/page.tsx'), 'Page'),
})
const files = createRoute({
  ...parent,
  path: '/files',
  validateSearch: filesSearch,
  component: lazyRouteComponent(() => import('../features/files/page.tsx'), 'Page'),
})
const snippets = createRoute({
  ...parent,
  path: '/snippets',
  validateSearch: snippetsSearch,
  component: lazyRouteComponent(() => import('../features/snippets/page.tsx'), 'Page'),
})
const offboarding = createRoute({
  ...parent,
  path: '/offboarding',
  validateSearch: offboardingSearch,
  component: lazyRouteComponent(() => import('../features/offboarding/page.tsx'), 'Page'),
})
const settings = createRoute({
  ...parent,
  path: '/settings',
  validateSearch: settingsSearch,
  component: lazyRouteComponent(() => import('../features/settings/page.tsx'), 'Page'),
})
const help = createRoute({
  ...parent,
  path: '/help',
  validateSearch: helpSearch,
  component: lazyRouteComponent(() => import('../features/help/page.tsx'), 'Page'),
})

export const router = createRouter({
  routeTree: root.addChildren([
    overview,
    people,
    keys,
    projects,
    access,
    structure,
    plans,
    changes,
    findings,
    leavers,
    blast,
    reviews,
    remedy,
    usage,
    coverage,
    budgets,
    reports,
    rotation,
    connections,
    clients,
    reminders,
    files,
    snippets,
    offboarding,
    settings,
    help,
  ]),
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
