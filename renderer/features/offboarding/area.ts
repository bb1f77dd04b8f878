import { z } from 'zod'

import { ACCESS_FACTS, defineArea } from '../../data/areas.ts'

export const area = defineArea({
  path: '/offboarding',
  /** True if the certificate dialog is open. */
  search: z.object({ certify: z.boolean().optional().catch(undefined) }),
  page: () => import('./page.tsx'),
  rail: null,
  parent: '/clients',
  reads: { offboarding: [...ACCESS_FACTS, 'remediation'] },
  opens: [],
})
