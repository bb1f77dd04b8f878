import { z } from 'zod'

import { policySchema } from '../contract/policy.ts'
import { reportSettings } from '../contract/reports.ts'

/** Operations on how the agency works: its policy, and the reports of a client. */
export const SETTINGS_OPERATIONS = {
  /**
   * Of the agency, the values that change; null: back to the defaults. Of a client, the values that change and, in `cleared`, those
   * that follow the agency's policy again; without `cleared`, all of its values; null: none.
   */
  'policy.changed': {
    areas: ['policy', 'rotation', 'usage'],
    body: z.strictObject({
      v: z.literal(1),
      values: z.strictObject(policySchema.partial().shape).nullable(),
      cleared: z.array(policySchema.keyof()).exactOptional(),
    }),
  },
  /** The settings of the usage reports of a client that change. A currency comes with its rate. */
  'report.set': { areas: ['usage'], body: z.strictObject({ v: z.literal(1), ...reportSettings.partial().shape }) },
} as const
