import { z } from 'zod'

import { SEVERITIES } from '../domain/findings/severity.ts'
import { clientKind, colour } from './clients.ts'
import { syncState } from './connections.ts'
import { id, instant, operation, projectRef, scopeShape } from './common.ts'

/** Bounds of the age bands of a key in days, youngest first; the last band is open, `unknown` has no creation date. */
export const AGE_BANDS = ['0-30', '31-90', '91-180', '181-365', '366+', 'unknown'] as const

/** Something that needs a person's attention today. The link of that kind leads to `count` rows. */
export const attention = z.object({
  kind: z.enum([
    'overdue-keys',
    'due-keys',
    'unowned-keys',
    'unused-keys',
    'expired-invites',
    'incomplete-sync',
    'stale-sync',
    'no-credential',
    'critical-findings',
    'high-findings',
    'medium-findings',
    'unsure-remediations',
    'deploying-remediations',
    'waiting-remediations',
    'by-hand-remediations',
    'overdue-reviews',
    'budgets-spent',
    'budgets-near',
    'budgets-unread',
  ]),
  count: z.number().int(),
  severity: z.enum(SEVERITIES).extract(['high', 'medium', 'low']),
})
export type Attention = z.infer<typeof attention>

export const clientOverview = z.object({
  client: z.object({ slug: z.string(), name: z.string(), colour, kind: clientKind }),
  people: z.number().int(),
  privileged: z.number().int(),
  /** People who hold nothing but pending invites: neither of the two counts above includes them. */
  invited: z.number().int(),
  serviceAccounts: z.number().int(),
  projects: z.number().int(),
  keys: z.number().int(),
  overdue: z.number().int(),
  due: z.number().int(),
  /** Scheduled reviews whose day has passed. */
  reviewsOverdue: z.number().int(),
  /** Budgets and limits of this month that reached a threshold, or are spent. */
  budgetsReached: z.number().int(),
  connections: z.number().int(),
  lastSync: z.object({ at: instant, state: syncState }).nullable(),
  /** Most pressing first. */
  attention: z.array(attention),
  keyAge: z.array(z.object({ band: z.enum(AGE_BANDS), count: z.number().int() })),
})
export type ClientOverview = z.infer<typeof clientOverview>

export const overviewContract = {
  get: operation
    .input(z.object(scopeShape))
    .output(z.object({ clients: z.array(clientOverview), sample: z.boolean() })),
}

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
