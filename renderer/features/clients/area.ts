import { IconBuildingCommunity } from '@tabler/icons-react'
import { z } from 'zod'

import { defineArea } from '../../data/areas.ts'
import { textParam } from '../../data/search-params.ts'

export const area = defineArea({
  path: '/clients',
  search: z.object({
    /** Archived clients are shown too. */
    archived: z.boolean().optional().catch(undefined),
    /** The form for a new client is open. */
    add: z.boolean().optional().catch(undefined),
    /** Slug of the client whose form is open. */
    edit: textParam,
  }),
  page: () => import('./page.tsx'),
  rail: {
    group: 'bottom',
    label: 'Clients',
    about: 'Add, edit, archive',
    icon: IconBuildingCommunity,
    letter: 'e',
    synonyms: 'customers companies tenants',
  },
  reads: { client: ['client', 'connection'] },
  opens: [],
  dialogs: ['add', 'edit'],
})
