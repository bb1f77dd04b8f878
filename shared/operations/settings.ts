import { z } from 'zod'

import { policySchema } from '../contract/policy.ts'
import { reportSettings } from '../contract/reports.ts'
import { savedView } from '../contract/views.ts'
import { localNumber, uid } from './kind.ts'

const view = savedView.pick({ list: true, name: true, search: true, columns: true }).shape

/** Operations on how the agency works: its policy, the reports of a client, views of lists. */
export const SETTINGS_OPERATIONS = {
  /**
   * Of a client, all the values that differ from the agency's; of the agency, those that change. Null: back to the
   * defaults.
   */
  'policy.changed': {
    areas: ['policy', 'rotation', 'usage'],
    body: z.strictObject({ v: z.literal(1), values: z.strictObject(policySchema.partial().shape).nullable() }),
  },
  /** All settings of the usage reports of a client. */
  'report.set': { areas: ['usage'], body: z.strictObject({ v: z.literal(1), ...reportSettings.shape }) },
  /** Adds a view, or replaces all but the list and client of the one with that uid. */
  'view.saved': {
    areas: ['settings'],
    body: z.strictObject({ v: z.literal(1), viewUid: uid, view: localNumber, ...view }),
  },
  'view.renamed': {
    areas: ['settings'],
    body: z.strictObject({
      v: z.literal(1),
      viewUid: uid,
      view: localNumber,
      list: view.list,
      name: view.name,
      before: z.string(),
    }),
  },
  'view.removed': {
    areas: ['settings'],
    body: z.strictObject({ v: z.literal(1), viewUid: uid, view: localNumber, list: view.list }),
  },
} as const
