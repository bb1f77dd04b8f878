import { IconTool } from '@tabler/icons-react'

import { ACCESS_FACTS, defineArea } from '../../data/areas.ts'
import { searchSchema } from './search.ts'

export const area = defineArea({
  path: '/remediation',
  search: searchSchema,
  page: () => import('./page.tsx'),
  rail: {
    group: 'duties',
    label: 'Remediation',
    about: 'Changes to apply at the providers',
    icon: IconTool,
    letter: 'y',
  },
  reads: { remediation: [...ACCESS_FACTS, 'reviews', 'remediation'] },
  opens: ['remediation', 'preview', 'ran'],
})
