import { IconUserShield } from '@tabler/icons-react'

import { ACCESS_FACTS, defineArea } from '../../data/areas.ts'
import { searchSchema } from './search.ts'

export const area = defineArea({
  path: '/access',
  search: searchSchema,
  page: () => import('./page.tsx'),
  rail: { group: 'access', label: 'Access', about: 'Every grant with its path', icon: IconUserShield, letter: 'a' },
  reads: { access: ACCESS_FACTS, recommendations: ACCESS_FACTS },
  opens: ['connection', 'project', 'person', 'principal', 'recommendations'],
  tabs: [{ label: 'Grants' }, { label: 'Recommendations', search: { view: 'recommendations' } }],
  keeps: ['q'],
})
