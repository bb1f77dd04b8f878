import { IconChartBar } from '@tabler/icons-react'

import { defineArea } from '../../data/areas.ts'
import { searchSchema } from './search.ts'

export const area = defineArea({
  path: '/usage',
  search: searchSchema,
  page: () => import('./page.tsx'),
  rail: {
    group: 'spend',
    label: 'Usage',
    about: 'Usage and cost',
    icon: IconChartBar,
    letter: 'u',
    synonyms: 'cost spend money tokens bill billing invoice finance budgets limits reports reconciliation anomalies',
  },
  reads: { usage: ['usage'] },
  opens: [],
  tabs: [{ label: 'Spend' }],
})
