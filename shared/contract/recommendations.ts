import { z } from 'zod'

import { ADVICE_KINDS, SURENESS } from '../domain/recommendations/recommendation.ts'
import { principalKind } from './access.ts'
import {
  clientRef,
  connectionRef,
  id,
  instant,
  level,
  operation,
  scopeShape,
  readSlice,
  sliceShape,
  sortBy,
} from './common.ts'
import { remediationAction, remediationSubject, remediationValues } from './remediation.ts'

export const recommendationKind = z.enum(ADVICE_KINDS)
export const sureness = z.enum(SURENESS)

export const recommendationRow = z.object({
  /** Stable while the register does not change; use it only as a key for rows. */
  rowKey: z.string(),
  kind: recommendationKind,
  client: clientRef,
  connection: connectionRef,
  principal: z.object({ id, kind: principalKind, name: z.string(), personId: id.nullable() }),
  /** The key that is no longer needed; null where the recommendation is about a role. */
  key: z.object({ id, name: z.string() }).nullable(),
  /** The project; null for the organization. */
  project: z.object({ id, name: z.string() }).nullable(),
  /** The current role, in the provider's word; null if the organization gives none. */
  role: z.string().nullable(),
  level: level.nullable(),
  /** The smaller role that would have sufficed in the last 90 days, in the provider's word; null for none at all. */
  enough: z.string().nullable(),
  /** The recommendation in a sentence. */
  says: z.string(),
  sure: sureness,
  sureBecause: z.string(),
  /** The recorded facts that it is based on: each a sentence, or one that its instant ends (“…, last used” and when). */
  evidence: z.array(z.object({ says: z.string(), at: instant.nullable() })),
  /** The change that would apply it, once a review or a finding decides so. */
  remediation: z.object({
    action: remediationAction,
    subject: remediationSubject.omit({ name: true }),
    values: remediationValues,
  }),
})
export type RecommendationRow = z.infer<typeof recommendationRow>

export const ADVICE_SORTS = ['sure', 'client', 'who'] as const

export const recommendationContract = {
  /**
   * Access that exceeds its use in the last 90 days, by recorded facts alone: people of whom the provider reports
   * nothing get no recommendation. `silent` counts them, by connection; of the one person, where one is named.
   */
  list: operation
    .input(
      z.object({
        ...scopeShape,
        kind: recommendationKind.optional(),
        sure: sureness.optional(),
        person: id.optional(),
        project: id.optional(),
        search: z.string().max(200).optional(),
        sort: sortBy(ADVICE_SORTS),
        ...sliceShape,
      }),
    )
    .output(
      readSlice(recommendationRow).extend({
        silent: z.array(
          z.object({ client: clientRef, connection: connectionRef, people: z.number().int(), says: z.string() }),
        ),
      }),
    ),
  /** One row of the list by its `rowKey`; NOT_FOUND once it is no longer recommended. */
  get: operation.input(z.object({ rowKey: z.string().max(100) })).output(recommendationRow),
}
