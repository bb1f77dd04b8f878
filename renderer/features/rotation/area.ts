import { IconCalendarTime } from '@tabler/icons-react'

import { ACCESS_FACTS, defineArea } from '../../data/areas.ts'
import { searchSchema } from './search.ts'

export const area = defineArea({
  path: '/rotation',
  search: searchSchema,
  page: () => import('./page.tsx'),
  rail: {
    group: 'govern',
    label: 'Rotation',
    about: 'Keys due for rotation',
    icon: IconCalendarTime,
    letter: 'r',
    synonyms: 'rotate expire expiry due calendar renew',
    count: 'rotation',
  },
  reads: { rotation: [...ACCESS_FACTS, 'rotation', 'policy'] },
  opens: ['key'],
  tabs: [{ label: 'List' }, { label: 'Calendar', search: { view: 'calendar' } }],
  keeps: ['month', 'on'],
})
