import { z } from 'zod'

import { defineArea } from '../../data/areas.ts'

export const area = defineArea({
  path: '/team',
  search: z.object({
    /** The dialog that is open. */
    act: z.enum(['found', 'join', 'invite']).optional().catch(undefined),
    /** The member, by uid, whose access is set. */
    grant: z.string().optional().catch(undefined),
  }),
  page: () => import('./page.tsx'),
  rail: null,
  reads: {},
  opens: [],
  dialogs: ['act', 'grant'],
  parent: '/settings',
  tabs: [{ label: 'Team', synonyms: 'members devices invite join share colleagues exchange server postgresql' }],
})
