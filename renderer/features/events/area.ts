import { defineArea } from '../../data/areas.ts'
import { searchSchema } from './search.ts'

export const area = defineArea({
  path: '/changes/log',
  search: searchSchema,
  page: () => import('./page.tsx'),
  rail: null,
  reads: { events: ['client', 'connection', 'sync', 'access'] },
  opens: ['connection', 'person', 'key', 'project', 'rule', 'certificate', 'event'],
  parent: '/changes',
  tabs: [{ label: 'Provider log', synonyms: 'audit log activity feed events who did it siem' }],
})
