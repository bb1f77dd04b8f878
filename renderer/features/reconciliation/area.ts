import { defineArea } from '../../data/areas.ts'
import { searchSchema } from './search.ts'

export const area = defineArea({
  path: '/usage/reconciliation',
  search: searchSchema,
  page: () => import('./page.tsx'),
  rail: null,
  reads: { reconciliation: ['usage'], usageFolders: ['usage'], prices: ['usage'] },
  opens: [],
  parent: '/usage',
  tabs: [{ label: 'Reconciliation', synonyms: 'coverage internal records billing prices folders' }],
})
