import { IconDoorExit } from '@tabler/icons-react'

import { ACCESS_FACTS, defineArea } from '../../data/areas.ts'
import { searchSchema } from './search.ts'

export const area = defineArea({
  path: '/leavers',
  search: searchSchema,
  page: () => import('./page.tsx'),
  rail: {
    group: 'duties',
    label: 'Leavers',
    about: 'What is left of people who have gone',
    icon: IconDoorExit,
    letter: 'e',
  },
  reads: { leavers: [...ACCESS_FACTS, 'rotation', 'remediation'] },
  opens: ['person'],
})
