import { ACCESS_FACTS, defineArea } from '../../data/areas.ts'
import { searchSchema } from './search.ts'

export const area = defineArea({
  path: '/projects/tree',
  search: searchSchema,
  page: () => import('./page.tsx'),
  rail: null,
  parent: '/projects',
  tabs: [{ label: 'Tree', synonyms: 'structure hierarchy organizations' }],
  reads: { structure: ACCESS_FACTS },
  opens: ['person', 'key', 'project'],
})
