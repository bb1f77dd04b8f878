import { z } from 'zod'

import { colour } from './clients.ts'
import { id, operation, projectRef, scopeShape } from './common.ts'

/**
 * The tree of a client: its connections and their projects, with counts; what is inside a project is read by
 * `projects.get`.
 */
export const treeProject = projectRef.extend({
  isDefault: z.boolean(),
  people: z.number().int(),
  serviceAccounts: z.number().int(),
  keys: z.number().int(),
})
export type TreeProject = z.infer<typeof treeProject>

export const structureContract = {
  tree: operation.input(z.object(scopeShape)).output(
    z.array(
      z.object({
        client: z.object({ slug: z.string(), name: z.string(), colour }),
        connections: z.array(
          z.object({
            id,
            label: z.string(),
            provider: z.string(),
            organizationId: z.string().nullable(),
            organizationName: z.string().nullable(),
            people: z.number().int(),
            keys: z.number().int(),
            projects: z.array(treeProject),
          }),
        ),
      }),
    ),
  ),
}
