import { z } from 'zod'

import { IMPACT_EFFECTS } from '../domain/providers/facts.ts'
import { IMPACT_KINDS } from '../domain/impact/says.ts'
import { clientRef, connectionRef, id, instant, level, operation, scopeShape } from './common.ts'

export const IMPACT_SUBJECTS = ['person', 'principal', 'key', 'project'] as const
export const impactSubject = z.object({ kind: z.enum(IMPACT_SUBJECTS), id })
export type ImpactSubject = z.infer<typeof impactSubject>

/**
 * The effect on a thing of the subject's removal at the provider. `dies`: it stops working with it. `stays`: it
 * continues to work, perhaps without an owner. `unknown`: the provider does not document it.
 */
export const impactEffect = z.enum(IMPACT_EFFECTS)

export const impactRow = z.object({
  /**
   * `key`: an API key. `access`: a role on a project or organization. `invite`, `member`: of the subject's project.
   * `deposit`: a credential at a gateway that is probably the subject. `caller`: a key of a gateway that can call with it.
   */
  kind: z.enum(IMPACT_KINDS),
  id,
  name: z.string(),
  client: clientRef,
  connection: connectionRef,
  project: z.object({ id, name: z.string() }).nullable(),
  role: z.string().nullable(),
  level: level.nullable(),
  effect: impactEffect,
  /** The provider's rule that decides it. */
  because: z.string(),
  lastUsedAt: instant.nullable(),
  /** The purpose: environment, team and purpose, or null. */
  service: z.string().nullable(),
  environment: z.string().nullable(),
  /** Of the last 30 days, in micro-USD; null if no usage is recorded. */
  cost30Micros: z.number().int().nullable(),
  /**
   * Names of some who hold the same and keep it: other principals with the same role on the same project or
   * organization; for a key, other keys for the same service.
   */
  alsoHeldBy: z.array(z.string()),
  /** The number of all others. */
  alsoHeldByCount: z.number().int(),
})
export type ImpactRow = z.infer<typeof impactRow>

export const impactReport = z.object({
  subject: impactSubject.extend({ name: z.string() }),
  rows: z.array(impactRow),
  /** The number of rows that are not listed. */
  more: z.number().int(),
  /** The consequences in a few sentences, most pressing first. */
  says: z.array(z.string()),
})
export type ImpactReport = z.infer<typeof impactReport>

export const impactContract = {
  /**
   * The revoked and the unaffected things if the subject is removed, by the rules of the providers. A person is
   * followed through every client, archived ones too, or through the given one. Keys that can no longer be used are
   * left out.
   */
  get: operation.input(impactSubject.extend(scopeShape)).output(impactReport),
  /** The impact as a document in Markdown. */
  markdown: operation.input(impactSubject.extend(scopeShape)).output(z.object({ text: z.string() })),
}
