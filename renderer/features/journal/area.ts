import { AREAS } from '../../../shared/contract/app.ts'
import { defineArea } from '../../data/areas.ts'
import { searchSchema } from './search.ts'

export const area = defineArea({
  path: '/changes/audit',
  search: searchSchema,
  page: () => import('./page.tsx'),
  rail: null,
  // Every decision is an entry.
  reads: { journal: AREAS },
  opens: [],
  parent: '/changes',
  tabs: [{ label: 'Audit log', synonyms: 'undo history who decided what' }],
})
