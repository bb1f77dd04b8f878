import { IconFileExport } from '@tabler/icons-react'
import { z } from 'zod'

import { defineArea } from '../../data/areas.ts'
import { EXPORT_FORMATS } from '../../entities/export-choice.ts'

const FORMATS = EXPORT_FORMATS.map(({ value }) => value)

export const area = defineArea({
  path: '/files',
  search: z.object({
    view: z.enum(['export', 'import', 'personnel']).optional().catch(undefined),
    /** The format of the export; Markdown by default. */
    format: z.enum(FORMATS).optional().catch(undefined),
  }),
  page: () => import('./page.tsx'),
  rail: {
    group: 'more',
    label: 'Import & export',
    about: 'Export the register, import registers, CSV and HR files',
    icon: IconFileExport,
    letter: 'i',
    synonyms: 'files upload download csv markdown xlsx json calendar ics personnel hr',
  },
  reads: { files: [] },
  opens: [],
  tabs: [
    { label: 'Export' },
    { label: 'Import', search: { view: 'import' }, synonyms: 'upload csv register' },
    { label: 'HR import', search: { view: 'personnel' }, synonyms: 'personnel employees' },
  ],
})
