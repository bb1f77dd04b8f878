import { IconHome } from '@tabler/icons-react'

import { ACCESS_FACTS, defineArea } from '../../data/areas.ts'
import { searchSchema } from './search.ts'

export const area = defineArea({
  path: '/',
  search: searchSchema,
  page: () => import('./page.tsx'),
  rail: {
    group: 'today',
    label: 'Today',
    about: 'What to do first',
    icon: IconHome,
    letter: 't',
    synonyms: 'overview home start dashboard inbox attention to do reminders',
  },
  reads: {
    today: [...ACCESS_FACTS, 'rotation', 'policy', 'findings', 'reviews', 'remediation', 'usage', 'today'],
  },
  opens: ['entry', 'form'],
  dialogs: ['form'],
})
