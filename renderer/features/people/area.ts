import { IconAddressBook } from '@tabler/icons-react'

import { ACCESS_FACTS, defineArea } from '../../data/areas.ts'
import { searchSchema } from './search.ts'

export const area = defineArea({
  path: '/people',
  search: searchSchema,
  page: () => import('./page.tsx'),
  rail: {
    group: 'access',
    label: 'People',
    about: 'Who has access, and where',
    icon: IconAddressBook,
    letter: 'p',
    synonyms: 'users members accounts humans persons hr personnel employees duplicates',
  },
  reads: { people: [...ACCESS_FACTS, 'rotation', 'policy', 'findings', 'reviews'] },
  opens: ['connection', 'project', 'person'],
  tabs: [
    { label: 'All people' },
    { label: 'Possible duplicates', search: { view: 'matches' }, synonyms: 'merge split same person' },
  ],
})
