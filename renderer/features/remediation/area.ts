import { IconTool } from '@tabler/icons-react'

import { ACCESS_FACTS, defineArea } from '../../data/areas.ts'
import { searchSchema } from './search.ts'

export const area = defineArea({
  path: '/remediation',
  search: searchSchema,
  page: () => import('./page.tsx'),
  rail: {
    group: 'govern',
    label: 'Remediation',
    about: 'Changes to apply at the providers',
    icon: IconTool,
    letter: 'm',
    // oxlint-disable-next-line castellan/prose -- people who know the earlier word search by it
    synonyms: 'remedy fix revoke remove changes preview apply',
    count: 'remediation',
  },
  reads: { remediation: [...ACCESS_FACTS, 'reviews', 'remediation'] },
  opens: ['remediation', 'start'],
})
