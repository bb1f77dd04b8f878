import { IconHistory } from '@tabler/icons-react'

import { ACCESS_FACTS, defineArea } from '../../data/areas.ts'
import { searchSchema } from './search.ts'

export const area = defineArea({
  path: '/changes',
  search: searchSchema,
  page: () => import('./page.tsx'),
  rail: {
    group: 'more',
    label: 'Changes',
    about: 'What changed between two dates',
    icon: IconHistory,
    letter: 'c',
    synonyms: 'history diff audit log what changed',
  },
  reads: { changes: [...ACCESS_FACTS, 'rotation'] },
  tabs: [{ label: 'Between two dates' }],
  opens: ['review', 'connection', 'person', 'key', 'project', 'rule', 'certificate'],
})
