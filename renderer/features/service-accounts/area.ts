import { defineArea } from '../../data/areas.ts'
import { searchSchema } from './search.ts'

export const area = defineArea({
  path: '/people/service-accounts',
  search: searchSchema,
  page: () => import('./page.tsx'),
  rail: null,
  // The list is an operation of access, which the area of grants declares.
  reads: {},
  opens: ['connection'],
  parent: '/people',
  tabs: [{ label: 'Service accounts', synonyms: 'non-human identities machines robots roster nhi' }],
})
