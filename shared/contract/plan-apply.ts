import { z } from 'zod'

import { DRIFT_KINDS, DRIFT_PARTS } from '../domain/plans/drift-difference.ts'
import { MATCHED_BY } from '../domain/plans/match.ts'
import { connectionRef, id, operation } from './common.ts'
import { planSchema } from './plans.ts'
import {
  remediationAction,
  remediationPreview,
  remediationRow,
  remediationSubject,
  remediationValues,
} from './remediation.ts'

export const driftDifference = z.object({
  /** Identifies it, the same at every comparison. */
  key: z.string(),
  kind: z.enum(DRIFT_KINDS),
  part: z.enum(DRIFT_PARTS),
  organization: z.string(),
  connectionId: id.nullable(),
  project: z.string().nullable(),
  name: z.string(),
  planned: z.string().nullable(),
  actual: z.string().nullable(),
  says: z.string(),
  /** The subject in reality. */
  subject: remediationSubject.omit({ name: true }).nullable(),
})
export type DriftDifference = z.infer<typeof driftDifference>

export const planDrift = z.object({
  planId: id,
  /** The version that was compared. */
  version: id,
  /** Organizations of the plan, then those that match none of them. */
  organizations: z.array(
    z.object({
      name: z.string().nullable(),
      connection: connectionRef.nullable(),
      by: z.enum(MATCHED_BY).nullable(),
    }),
  ),
  differences: z.array(driftDifference),
  /** The parts that could not be compared: sentences. */
  unread: z.array(z.string()),
})
export type PlanDrift = z.infer<typeof planDrift>

export const planStep = z.object({
  /** The difference that it resolves. */
  key: z.string(),
  connection: connectionRef,
  action: remediationAction,
  subject: remediationSubject,
  values: remediationValues,
  says: z.string(),
  /** Takes something away, so that it is added only when it is named. */
  takesAway: z.boolean(),
  /** The step that has to be done before it; null when none has. */
  waits: z.string().nullable(),
  /** The item on the list that does the same already. */
  remediationId: id.nullable(),
})
export type PlanStep = z.infer<typeof planStep>

const ref = z.object({ planId: id, version: id.optional() })
const person = z.object({ name: z.string().max(500), email: z.email().max(320), job: z.string().min(1).max(500) })
const done = z.object({ done: z.literal(true) })

export const planApplyContract = {
  /** How reality differs from a plan, by the last syncs. */
  drift: operation.input(ref).output(planDrift),
  /** Records which connection an organization of the plan is; null undoes that. */
  bindOrganization: operation
    .input(z.object({ planId: id, organization: z.string().min(1).max(500), connectionId: id.nullable() }))
    .output(done),
  /** Answers whether a renamed thing is the planned one. The later answer counts. */
  answerRename: operation
    .input(
      z.object({
        planId: id,
        part: z.enum(['project', 'key']),
        /** Its name in the plan. */
        planned: z.string().min(1).max(500),
        subjectId: id,
        same: z.boolean(),
      }),
    )
    .output(done),
  /** The steps that would be carried out, in the order of their dependencies. Adds nothing and sends nothing. */
  steps: operation.input(ref).output(z.array(planStep)),
  /**
   * Previews `addToList` without `keys`, at most 100 of the items that can be sent: the exact requests, and what has to
   * be typed to send them. Writes nothing. `waiting` counts those that wait for others or for a sync.
   */
  preview: operation.input(ref).output(
    z.object({
      confirm: z.string(),
      items: z.array(
        remediationPreview.shape.remediations.element.pick({ calls: true, impact: true, byHand: true }).extend({
          ...remediationRow.pick({ client: true, connection: true, says: true }).shape,
          remediationId: id.nullable(),
        }),
      ),
      /** Each change that cannot be sent now, with what blocks it. */
      blocked: z.array(z.object({ says: z.string(), obstacle: z.string() })),
      left: z.array(z.string()),
    }),
  ),
  /**
   * Adds steps to the remediation list, in their order; nothing is sent. Without `keys`: all that take nothing away. A
   * step that is on the list already is not added again, and one that was sent is not added before a sync shows its
   * result. `ready` can be previewed and sent now; `waiting` waits for another step and a sync; `byHand` needs manual
   * steps; `left` contains why the others were not added.
   */
  addToList: operation
    .input(ref.extend({ keys: z.array(z.string().max(4000)).max(2000).optional(), person: person.optional() }))
    .output(z.object({ ready: z.array(id), waiting: z.array(id), byHand: z.array(id), left: z.array(z.string()) })),
  /**
   * The gains and losses of a joiner or a mover in this job. `plan` is the plan with the person in it, to be saved as
   * the next version. INVALID when the plan has no such job.
   */
  person: operation.input(ref.extend({ person })).output(
    z.object({
      gains: z.array(driftDifference),
      losses: z.array(driftDifference),
      steps: z.array(planStep),
      plan: planSchema,
    }),
  ),
}
