import { IconHelpCircle } from '@tabler/icons-react'
import { z } from 'zod'

import { defineArea } from '../../data/areas.ts'

export const area = defineArea({
  path: '/help',
  search: z.object({ section: z.enum(['guide', 'shortcuts', 'licences', 'about']).optional().catch(undefined) }),
  page: () => import('./page.tsx'),
  rail: {
    group: 'bottom',
    label: 'Help',
    about: 'Guide, shortcuts, licences, version',
    icon: IconHelpCircle,
    letter: 'h',
    synonyms: 'guide manual documentation shortcuts keyboard licences about version',
  },
  reads: {},
  opens: [],
  tabs: [
    { label: 'Guide' },
    { label: 'Shortcuts', search: { section: 'shortcuts' } },
    { label: 'Licences', search: { section: 'licences' } },
    { label: 'About', search: { section: 'about' } },
  ],
})
