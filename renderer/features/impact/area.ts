import { ACCESS_FACTS, defineArea } from '../../data/areas.ts'
import { rootSearch } from '../../data/search-params.ts'

export const area = defineArea({
  path: '/impact/$kind/$id',
  search: rootSearch,
  page: () => import('./page.tsx'),
  rail: null,
  reads: { impact: [...ACCESS_FACTS, 'rotation', 'usage'] },
  opens: [],
})
