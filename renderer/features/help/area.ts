import { IconHelpCircle } from '@tabler/icons-react'

import { defineArea } from '../../data/areas.ts'
import { searchSchema } from './search.ts'

export const area = defineArea({
  path: '/help',
  search: searchSchema,
  page: () => import('./page.tsx'),
  rail: {
    group: 'upkeep',
    label: 'Help',
    about: 'Guide, shortcuts, licences, version',
    icon: IconHelpCircle,
    letter: 'q',
  },
  reads: {},
  opens: [],
})
