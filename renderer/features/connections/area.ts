import { IconPlugConnected } from '@tabler/icons-react'
import { z } from 'zod'

import { defineArea } from '../../data/areas.ts'
import { idParam } from '../../data/search-params.ts'

export const area = defineArea({
  path: '/connections',
  search: z.object({
    /** The connection whose panel is open. */
    connection: idParam,
    /** The form for a new connection is open. */
    add: z.boolean().optional().catch(undefined),
    /** The part of the open connection that is being fixed: its key in a dialog, its address or file in the panel. */
    fix: z.enum(['replace-key', 'edit-url', 'choose-file']).optional().catch(undefined),
  }),
  page: () => import('./page.tsx'),
  rail: {
    group: 'bottom',
    label: 'Connections',
    about: 'Provider organizations and their syncs',
    icon: IconPlugConnected,
    letter: 'o',
    synonyms: 'providers integrations organizations openai anthropic openrouter admin key credential',
    count: 'connections',
  },
  reads: { connection: ['client', 'connection', 'sync'], coverage: ['client', 'connection', 'sync'] },
  opens: ['connection'],
  dialogs: ['add', 'fix'],
})
