import { IconFileExport } from '@tabler/icons-react'
import { z } from 'zod'

import { defineArea } from '../../data/areas.ts'

export const area = defineArea({
  path: '/files',
  search: z.object({ view: z.enum(['export', 'import', 'personnel']).optional().catch(undefined) }),
  page: () => import('./page.tsx'),
  rail: {
    group: 'upkeep',
    label: 'Import & export',
    about: 'Export the register, import registers, CSV and HR files',
    icon: IconFileExport,
    letter: 'f',
  },
  reads: { files: [] },
  opens: [],
  tabs: [
    { label: 'Export' },
    { label: 'Import', search: { view: 'import' } },
    { label: 'HR import', search: { view: 'personnel' } },
  ],
})
