import { z } from 'zod'

import { day } from '../contract/common.ts'
import { localNumber, providerSubject } from './kind.ts'

/** Operations on who has access. */
export const PEOPLE_OPERATIONS = {
  /** The day on which the access of an account was last reviewed; null for none. */
  'access.reviewed': {
    areas: ['access'],
    body: z.strictObject({
      v: z.literal(1),
      principal: localNumber,
      principalNamed: providerSubject,
      on: day.nullable(),
    }),
  },
} as const
