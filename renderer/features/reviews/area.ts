import { IconClipboardCheck } from '@tabler/icons-react'

import { ACCESS_FACTS, defineArea } from '../../data/areas.ts'
import { searchSchema } from './search.ts'

export const area = defineArea({
  path: '/reviews',
  search: searchSchema,
  page: () => import('./page.tsx'),
  rail: {
    group: 'duties',
    label: 'Reviews',
    about: 'Access reviews and sign-off',
    icon: IconClipboardCheck,
    letter: 'v',
  },
  reads: { reviews: [...ACCESS_FACTS, 'policy', 'reviews', 'remediation'], evidence: ['reviews'] },
  opens: ['start', 'of', 'review', 'step', 'connection', 'item'],
})
