import { IconCode } from '@tabler/icons-react'

import { ACCESS_FACTS, defineArea } from '../../data/areas.ts'
import { searchSchema } from './search.ts'

export const area = defineArea({
  path: '/snippets',
  search: searchSchema,
  page: () => import('./page.tsx'),
  rail: { group: 'upkeep', label: 'Snippets', about: 'Code snippets for each project', icon: IconCode, letter: 'n' },
  reads: { snippets: [...ACCESS_FACTS, 'policy'] },
  opens: ['project'],
})
