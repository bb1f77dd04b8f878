import { ACCESS_FACTS, defineArea } from '../../data/areas.ts'
import { rootSearch } from '../../data/search-params.ts'

/** The area that an impact belongs to, by its subject; accounts belong to people. */
const PLACES: Readonly<Record<string, string>> = { key: '/keys', project: '/projects' }

export const area = defineArea({
  path: '/impact/$kind/$id',
  search: rootSearch,
  page: () => import('./page.tsx'),
  rail: null,
  parent: ({ kind = '' }) => PLACES[kind] ?? '/people',
  reads: { impact: [...ACCESS_FACTS, 'rotation', 'usage'] },
  opens: [],
})
