import { IconCalendarTime } from '@tabler/icons-react'

import { ACCESS_FACTS, defineArea } from '../../data/areas.ts'
import { KEPT_FILTERS, searchSchema } from './search.ts'

export const area = defineArea({
  path: '/rotation',
  search: searchSchema,
  page: () => import('./page.tsx'),
  rail: {
    group: 'govern',
    label: 'Rotation',
    about: 'Keys due this week, overdue keys, calendar',
    icon: IconCalendarTime,
    letter: 'r',
    synonyms: 'rotate expire expiry due calendar renew',
    count: 'rotation',
  },
  reads: { rotation: [...ACCESS_FACTS, 'rotation', 'policy'] },
  opens: ['connection', 'project', 'owner', 'key'],
  tabs: [
    { label: 'This week' },
    { label: 'Overdue', search: { view: 'overdue' } },
    { label: 'All', search: { view: 'all' } },
    { label: 'Calendar', search: { view: 'calendar' }, synonyms: 'month schedule' },
  ],
  keeps: [...KEPT_FILTERS, 'month', 'on'],
})
