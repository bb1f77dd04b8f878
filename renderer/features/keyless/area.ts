import { ACCESS_FACTS, defineArea } from '../../data/areas.ts'
import { searchSchema } from './search.ts'

export const area = defineArea({
  path: '/rotation/keyless',
  search: searchSchema,
  page: () => import('./page.tsx'),
  rail: null,
  reads: { keyless: [...ACCESS_FACTS, 'rotation', 'policy', 'usage'] },
  opens: ['connection', 'key'],
  parent: '/rotation',
  tabs: [{ label: 'Keyless plan', synonyms: 'federation oidc workload identity replace keys retire github gitlab' }],
})
