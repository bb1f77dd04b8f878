import { IconReportMoney } from '@tabler/icons-react'

import { defineArea } from '../../data/areas.ts'
import { searchSchema } from './search.ts'

export const area = defineArea({
  path: '/reports',
  search: searchSchema,
  page: () => import('./page.tsx'),
  rail: {
    group: 'access',
    label: 'Reports',
    about: 'Usage reports and invoices',
    icon: IconReportMoney,
    letter: 'i',
  },
  reads: { reports: ['client', 'usage'] },
  opens: [],
  parent: '/usage',
  tabs: [{ label: 'Reports' }, { label: 'Report schedule', search: { view: 'made' } }],
})
