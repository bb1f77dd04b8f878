import { ACCESS_FACTS, defineArea } from '../../data/areas.ts'
import { searchSchema } from './search.ts'

export const area = defineArea({
  path: '/usage/budgets',
  search: searchSchema,
  page: () => import('./page.tsx'),
  rail: null,
  reads: { budgets: [...ACCESS_FACTS, 'usage'] },
  opens: ['project'],
  dialogs: ['add', 'edit'],
  parent: '/usage',
  tabs: [
    { label: 'Budgets', synonyms: 'limits spend alerts' },
    { label: 'Anomalies', search: { view: 'anomalies' } },
    { label: 'Rate limits', search: { view: 'rates' } },
  ],
})
