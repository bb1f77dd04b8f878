import { z } from 'zod'

import {
  REMEDIATION,
  remediationAction,
  remediationOrigin,
  remediationRow,
  remediationSubject,
  remediationValues,
} from '../nouns/remediation.ts'
import { impactReport } from './impact.ts'
import { connectionRef, id, MAX_SLICE, operation, readSlice, secretText, sliceShape } from './common.ts'

export {
  remediationAction,
  remediationOrigin,
  remediationRow,
  remediationState,
  remediationSubject,
  remediationValues,
} from '../nouns/remediation.ts'
export type { RemediationOrigin, RemediationRow, RemediationValues } from '../nouns/remediation.ts'

/** The most changes in a preview and a run, and the most things whose possible changes are listed together. */
export const MAX_AT_ONCE = 100

/** A change to add to the list, and its origin. */
export const changeRequest = z.object({
  action: remediationAction,
  subject: remediationSubject.omit({ name: true }),
  values: remediationValues.default({}),
  origin: remediationOrigin.nullable().default(null),
})
export type RemediationRequest = z.infer<typeof changeRequest>

/** The most items that are added together. */
const MOST_ADDED = 10_000

/** A possible change; `needs` names the values that a person has to give before it can be added. */
export const remediationProposal = z.object({
  action: remediationAction,
  subject: remediationSubject,
  values: remediationValues,
  needs: z.array(z.enum(['role', 'name', 'amountMicros'])),
  connection: connectionRef,
  says: z.string(),
  /** The item on the list that does the same already. */
  remediationId: id.nullable(),
  /** The first of the origins that allows it. */
  origin: remediationOrigin,
})
export type RemediationProposal = z.infer<typeof remediationProposal>

export const remediationPreview = z.object({
  /** Passed to `run`; it names exactly these calls on exactly this state of the register. */
  token: z.string(),
  /** To be typed before it runs. */
  confirm: z.string(),
  /** The read-only connections that this one run may write to, each with what has to be typed to allow it. */
  permissions: z.array(z.object({ connection: connectionRef, confirm: z.string() })),
  remediations: z.array(
    z.object({
      row: remediationRow,
      /** The requests as they will be sent; never a secret. Empty where the provider cannot do it by API. */
      calls: z.array(z.object({ method: z.string(), url: z.string(), body: z.string().nullable(), says: z.string() })),
      impact: impactReport.nullable(),
      /** The manual steps in the console where no API does it; null otherwise. */
      byHand: z.string().nullable(),
      /**
       * Where nothing but a read-only connection blocks it: the steps in the console that do the same. It can also be
       * sent with a write permission for this one run.
       */
      readOnlySteps: z.string().nullable(),
      /** Why it cannot run: read-only, no credential, the subject was removed. Null when it can. */
      obstacle: z.string().nullable(),
      /** Why the member of a team at this device cannot approve it, with what differs; null when they can, and without a team. */
      approvalObstacle: z.string().nullable(),
    }),
  ),
})
export type RemediationPreview = z.infer<typeof remediationPreview>

export const remediationContract = {
  list: operation
    .input(
      REMEDIATION.filter.extend({
        /** Only these. */
        remediations: z.array(id).min(1).max(MAX_AT_ONCE).optional(),
        /** Only changes to the accounts, invites and keys of these people, and those that were requested for them. */
        people: z.array(id).min(1).max(MAX_AT_ONCE).optional(),
        ...sliceShape,
      }),
    )
    .output(readSlice(remediationRow)),
  /**
   * Possible changes for findings, for removals or changes that a review decided, for people or for keys: each once, those
   * of the first origin first, and of each the best first.
   */
  proposals: operation
    .input(z.object({ origins: z.array(remediationOrigin).min(1).max(MAX_AT_ONCE) }))
    .output(z.array(remediationProposal)),
  /**
   * Adds it to the waiting list. Nothing is sent. It needs an origin (INVALID); the same change can be on the list only
   * once (CONFLICT).
   */
  add: operation.input(changeRequest).output(remediationRow),
  /**
   * Adds many, each as `add` does: `items`, and for each of `origins` the best proposal. A rejected one does not affect
   * the others.
   */
  addMany: operation
    .input(
      z.object({
        origins: z.array(remediationOrigin).max(MOST_ADDED).default([]),
        items: z.array(changeRequest).max(MOST_ADDED).default([]),
      }),
    )
    .output(
      z.object({
        added: z.array(remediationRow),
        /** How many were on the list before. */
        already: z.number().int(),
        /** The number of origins without a proposal that can be added as it is. */
        open: z.number().int(),
        refused: z.array(z.object({ message: z.string(), hint: z.string() })),
      }),
    ),
  withdraw: operation.input(z.object({ remediationId: id })).output(remediationRow),
  /** Cancels several together, all or none; CONFLICT when one of them cannot be cancelled. */
  withdrawMany: operation
    .input(
      z.object({
        remediations: z
          .array(id)
          .min(1)
          .max(2 * MOST_ADDED),
      }),
    )
    .output(z.object({ withdrawn: z.number().int() })),
  /**
   * The exact calls, their impact, and what has to be typed. `allow` are read-only connections that the run may write
   * to, this once: the token alone carries that permission, nothing is stored. Sends nothing.
   */
  preview: operation
    .input(
      z.object({ remediations: z.array(id).min(1).max(MAX_AT_ONCE), allow: z.array(id).max(MAX_AT_ONCE).default([]) }),
    )
    .output(remediationPreview),
  /**
   * Sends what was previewed, in order, and stops at the first unexpected response, but for a refusal on which no other
   * change depends (a sign-out). CONFLICT when the preview is stale
   * (a subject changed since), when a connection is read-only and the preview asked for no permission, or when a typed
   * word differs. A permission to write is journaled before the first call and after the last. Returns once every call
   * ended and the sync of the affected connections has started.
   */
  run: operation
    .input(
      z.object({
        token: z.string(),
        confirm: z.string(),
        allow: z
          .array(z.object({ connectionId: id, confirm: z.string() }))
          .max(MAX_AT_ONCE)
          .default([]),
      }),
    )
    .output(z.object({ rows: z.array(remediationRow), stopped: z.string().nullable(), syncing: z.array(id) })),
  /**
   * Approves what was previewed as a second member of a team: the requests are those that the register of this member derives too. Sends
   * nothing. CONFLICT with the reason where this member cannot approve one of them, when the preview is stale, or when the typed word differs.
   */
  approve: operation
    .input(z.object({ token: z.string(), confirm: z.string() }))
    .output(z.object({ rows: z.array(remediationRow) })),
  /**
   * The new secret of a rotated key, once: it is kept in memory only and deleted here. The one operation that returns a
   * secret, since the provider shows it once and a person has to deploy it.
   */
  takeSecret: operation
    .input(z.object({ remediationId: id }))
    .output(z.object({ secret: secretText(4096), name: z.string() })),
  /** The new key is deployed: the old one may be deleted (a change of its own, which waits). */
  confirmDeployed: operation.input(z.object({ remediationId: id })).output(remediationRow),
  /** Marks a change as done in the console, or found done; the next sync shows whether it is. */
  markByHand: operation.input(z.object({ remediationId: id })).output(remediationRow),
  /** Marks several together, all or none; CONFLICT when one of them cannot be marked. */
  markManyByHand: operation
    .input(z.object({ remediations: z.array(id).min(1).max(MAX_SLICE) }))
    .output(z.object({ marked: z.number().int() })),
  /**
   * Undoes that changes were marked as done, all or none: each is again what it was. CONFLICT for one that no person marked
   * lately, that a sync shows done since, or that was added again.
   */
  unmarkMany: operation
    .input(z.object({ remediations: z.array(id).min(1).max(MAX_SLICE) }))
    .output(z.object({ unmarked: z.number().int() })),
}
