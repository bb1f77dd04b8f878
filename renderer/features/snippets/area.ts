import { IconCode } from '@tabler/icons-react'

import { ACCESS_FACTS, defineArea } from '../../data/areas.ts'
import { searchSchema } from './search.ts'

export const area = defineArea({
  path: '/snippets',
  search: searchSchema,
  page: () => import('./page.tsx'),
  rail: {
    group: 'more',
    label: 'Code snippets',
    about: 'How programs select a project',
    icon: IconCode,
    letter: 'd',
    synonyms: 'code python typescript curl environment',
  },
  reads: { snippets: [...ACCESS_FACTS, 'policy'] },
  opens: ['project'],
})
