import { IconSitemap } from '@tabler/icons-react'

import { ACCESS_FACTS, defineArea } from '../../data/areas.ts'
import { searchSchema } from './search.ts'

export const area = defineArea({
  path: '/plans',
  search: searchSchema,
  page: () => import('./page.tsx'),
  rail: {
    group: 'more',
    label: 'Plans',
    about: 'Desired state and drift',
    icon: IconSitemap,
    letter: 'n',
    synonyms: 'desired state drift target yaml template',
  },
  reads: { plan: ['client', 'plan'], planApply: [...ACCESS_FACTS, 'remediation', 'plan'] },
  opens: [],
  dialogs: ['making'],
})
