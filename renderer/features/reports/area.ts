import { defineArea } from '../../data/areas.ts'
import { searchSchema } from './search.ts'

export const area = defineArea({
  path: '/usage/reports',
  search: searchSchema,
  page: () => import('./page.tsx'),
  rail: null,
  reads: { reports: ['client', 'usage'] },
  opens: [],
  parent: '/usage',
  tabs: [
    { label: 'Reports', synonyms: 'invoice monthly weekly finance' },
    { label: 'Report schedule', search: { view: 'made' } },
  ],
})
