import { IconKey } from '@tabler/icons-react'

import { ACCESS_FACTS, defineArea } from '../../data/areas.ts'
import { searchSchema } from './search.ts'

export const area = defineArea({
  path: '/keys',
  search: searchSchema,
  page: () => import('./page.tsx'),
  rail: {
    group: 'access',
    label: 'Keys',
    about: 'Owner, age, last use, rotation',
    icon: IconKey,
    letter: 'k',
    synonyms: 'api keys credentials tokens secrets',
  },
  reads: { keys: [...ACCESS_FACTS, 'rotation', 'policy', 'findings', 'usage'] },
  opens: ['connection', 'project', 'owner', 'key'],
  tabs: [{ label: 'All keys' }],
})
