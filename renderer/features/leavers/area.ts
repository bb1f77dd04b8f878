import { IconDoorExit } from '@tabler/icons-react'

import { ACCESS_FACTS, defineArea } from '../../data/areas.ts'
import { searchSchema } from './search.ts'

export const area = defineArea({
  path: '/leavers',
  search: searchSchema,
  page: () => import('./page.tsx'),
  rail: {
    group: 'govern',
    label: 'Leavers',
    about: 'Access still held by people who left',
    icon: IconDoorExit,
    letter: 'l',
    synonyms: 'offboarding former employees left personnel hr',
    count: 'leavers',
  },
  reads: { leavers: [...ACCESS_FACTS, 'rotation', 'remediation'] },
  opens: ['person'],
})
