import { IconBinaryTree2 } from '@tabler/icons-react'

import { ACCESS_FACTS, defineArea } from '../../data/areas.ts'
import { searchSchema } from './search.ts'

export const area = defineArea({
  path: '/structure',
  search: searchSchema,
  page: () => import('./page.tsx'),
  rail: { group: 'access', label: 'Structure', about: 'A client as a tree', icon: IconBinaryTree2, letter: 't' },
  reads: { structure: ACCESS_FACTS },
  opens: ['person', 'key', 'project'],
})
