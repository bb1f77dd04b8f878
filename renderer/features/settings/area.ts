import { IconSettings } from '@tabler/icons-react'
import { z } from 'zod'

import { defineArea } from '../../data/areas.ts'

export const area = defineArea({
  path: '/settings',
  search: z.object({
    section: z.enum(['general', 'policy', 'recovery', 'about']).optional().catch(undefined),
  }),
  page: () => import('./page.tsx'),
  rail: {
    group: 'bottom',
    label: 'Settings',
    about: 'Policy, operator, colours, recovery',
    icon: IconSettings,
    letter: 's',
    synonyms: 'preferences options policy thresholds operator recovery backup theme',
  },
  reads: { settings: ['settings'], policy: ['client', 'policy'], backup: ['app'], updates: ['app'] },
  opens: [],
  tabs: [
    { label: 'General' },
    { label: 'Policy', search: { section: 'policy' }, synonyms: 'thresholds rotation interval rules' },
    { label: 'Recovery and integrity', search: { section: 'recovery' }, synonyms: 'backup code audit log journal' },
    { label: 'About', search: { section: 'about' } },
  ],
})
