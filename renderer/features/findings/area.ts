import { IconFlag } from '@tabler/icons-react'

import { ACCESS_FACTS, defineArea } from '../../data/areas.ts'
import { searchSchema } from '../../entities/findings-search.ts'

export const area = defineArea({
  path: '/findings',
  search: searchSchema,
  page: () => import('./page.tsx'),
  rail: {
    group: 'govern',
    label: 'Findings',
    about: 'What is wrong, and what to do',
    icon: IconFlag,
    letter: 'f',
    synonyms: 'problems issues alerts risks rules recommendations least privilege',
    count: 'findings',
  },
  reads: { findings: [...ACCESS_FACTS, 'rotation', 'policy', 'findings', 'reviews', 'remediation', 'plan'] },
  opens: ['person', 'finding'],
  tabs: [
    { label: 'By rule' },
    { label: 'By client', search: { view: 'client' } },
    { label: 'By subject', search: { view: 'subject' } },
    { label: 'All', search: { view: 'all' } },
    { label: 'Trend', search: { view: 'trend' } },
  ],
  keeps: ['q', 'severity', 'rule', 'state', 'kind', 'subject', 'person', 'certainty'],
})
