import { z } from 'zod'

import { policySchema } from '../contract/policy.ts'
import { reportSettings } from '../contract/reports.ts'
import { savedView, storedSearch, viewSubjects } from '../contract/views.ts'
import { localNumber, uid } from './kind.ts'

const view = savedView.pick({ list: true, name: true, columns: true }).shape

/** Operations on how the agency works: its policy, the reports of a client, views of lists. */
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
  /**
   * Adds a view, or replaces all but the list and client of the one with that uid. `subjects`: what the filters name that have the
   * number of a row in each register.
   */
  'view.saved': {
    areas: ['settings'],
    body: z.strictObject({
      v: z.literal(1),
      viewUid: uid,
      view: localNumber,
      ...view,
      search: storedSearch,
      subjects: viewSubjects.exactOptional(),
    }),
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
