import { IconSitemap } from '@tabler/icons-react'

import { ACCESS_FACTS, defineArea } from '../../data/areas.ts'
import { searchSchema } from './search.ts'

export const area = defineArea({
  path: '/plans',
  search: searchSchema,
  page: () => import('./page.tsx'),
  rail: {
    group: 'access',
    label: 'Plans',
    about: 'Desired state and drift',
    icon: IconSitemap,
    letter: 'w',
  },
  reads: { plan: ['client', 'plan'], planApply: [...ACCESS_FACTS, 'remediation', 'plan'] },
  opens: [],
})
