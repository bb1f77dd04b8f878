import { z } from 'zod'

import { ENFORCEMENTS } from '../domain/facts.ts'
import { PROJECTS, projectRow } from '../nouns/projects.ts'
import { accessRow } from './access.ts'
import { defineList, id, operation } from './common.ts'
import { keyRow } from './keys.ts'

export type { ProjectRow } from '../nouns/projects.ts'

/** The details that providers report of some limits; null where they do not. */
export const limitDetails = {
  /** The addresses that an alert notifies. */
  recipients: z.array(z.string()).nullable(),
  /** True if the provider stops traffic at the limit now. */
  enforcing: z.boolean().nullable(),
}

export const limitRow = z.object({
  id,
  project: z.object({ id, name: z.string() }).nullable(),
  kind: z.enum(['spend', 'rate']),
  enforcement: z.enum(ENFORCEMENTS),
  metric: z.string(),
  model: z.string().nullable(),
  /** Micro-USD for metric `usd`, else the metric's own unit. */
  amount: z.number(),
  period: z.string(),
  ...limitDetails,
})
export type LimitRow = z.infer<typeof limitRow>

export const projectsContract = {
  list: defineList(PROJECTS),
  get: operation
    .input(z.object({ projectId: id }))
    .output(
      z.object({ row: projectRow, access: z.array(accessRow), keys: z.array(keyRow), limits: z.array(limitRow) }),
    ),
}
