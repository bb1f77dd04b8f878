import { ACCESS_FACTS, defineArea } from '../../data/areas.ts'
import { searchSchema } from './search.ts'

export const area = defineArea({
  path: '/findings/recommendations',
  search: searchSchema,
  page: () => import('./page.tsx'),
  rail: null,
  parent: '/findings',
  reads: { recommendations: ACCESS_FACTS },
  opens: ['project', 'person', 'recommendations'],
  tabs: [{ label: 'Recommendations', synonyms: 'least privilege smaller roles' }],
})
