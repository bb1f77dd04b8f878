import { IconClipboardCheck } from '@tabler/icons-react'

import { ACCESS_FACTS, defineArea } from '../../data/areas.ts'
import { searchSchema } from './search.ts'

export const area = defineArea({
  path: '/reviews',
  search: searchSchema,
  page: () => import('./page.tsx'),
  rail: {
    group: 'govern',
    label: 'Reviews',
    about: 'Access reviews and sign-off',
    icon: IconClipboardCheck,
    letter: 'v',
    synonyms: 'attestation certification sign off audit evidence',
    count: 'reviews',
  },
  reads: { reviews: [...ACCESS_FACTS, 'policy', 'reviews', 'remediation'], evidence: ['reviews'] },
  opens: ['start', 'of', 'review', 'step', 'connection', 'item'],
  dialogs: ['start', 'step'],
})
