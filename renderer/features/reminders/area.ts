import { IconBell } from '@tabler/icons-react'
import { z } from 'zod'

import { defineArea } from '../../data/areas.ts'

export const area = defineArea({
  path: '/reminders',
  search: z.object({
    /** Read reminders are shown too. */
    all: z.boolean().optional().catch(undefined),
  }),
  page: () => import('./page.tsx'),
  rail: {
    group: 'govern',
    label: 'Reminders',
    about: 'Reminders',
    icon: IconBell,
    letter: 'b',
  },
  reads: { reminders: ['client', 'sync', 'rotation', 'policy', 'reminders'] },
  opens: [],
})
