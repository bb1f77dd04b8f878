import { IconHome } from '@tabler/icons-react'
import { z } from 'zod'

import { ACCESS_FACTS, defineArea } from '../../data/areas.ts'

export const area = defineArea({
  path: '/',
  /** Whether the key ages are shown as a chart or as a table. */
  search: z.object({ ages: z.enum(['chart', 'table']).optional().catch(undefined) }),
  page: () => import('./page.tsx'),
  rail: {
    group: 'today',
    label: 'Today',
    about: 'What needs attention today',
    icon: IconHome,
    letter: 't',
    synonyms: 'overview home start dashboard inbox attention to do reminders',
  },
  reads: { overview: [...ACCESS_FACTS, 'rotation', 'policy', 'findings', 'reviews', 'remediation', 'usage'] },
  opens: [],
})
