import { IconCalendarTime } from '@tabler/icons-react'

import { ACCESS_FACTS, defineArea } from '../../data/areas.ts'
import { searchSchema } from './search.ts'

export const area = defineArea({
  path: '/rotation',
  search: searchSchema,
  page: () => import('./page.tsx'),
  rail: {
    group: 'duties',
    label: 'Rotation',
    about: 'What is due, as calendar and list',
    icon: IconCalendarTime,
    letter: 'r',
  },
  reads: { rotation: [...ACCESS_FACTS, 'rotation', 'policy', 'reminders'] },
  opens: ['key'],
})
