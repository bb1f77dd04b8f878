import { IconStack2 } from '@tabler/icons-react'

import { ACCESS_FACTS, defineArea } from '../../data/areas.ts'
import { searchSchema } from './search.ts'

export const area = defineArea({
  path: '/projects',
  search: searchSchema,
  page: () => import('./page.tsx'),
  rail: {
    group: 'access',
    label: 'Projects',
    about: 'People, keys and limits of each',
    icon: IconStack2,
    letter: 'j',
    synonyms: 'workspaces structure tree organization',
  },
  reads: { projects: [...ACCESS_FACTS, 'rotation', 'policy', 'findings'] },
  opens: ['connection', 'project'],
  tabs: [{ label: 'List' }],
})
