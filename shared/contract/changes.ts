import { z } from 'zod'

import { REVIEW_KINDS } from '../domain/reviews/review.ts'
import { change, changeKind } from '../nouns/changes.ts'
import { clientRef, connectionRef, day, id, instant, operation, scopeShape } from './common.ts'

export { CHANGE_KINDS, changeKind } from '../nouns/changes.ts'
export type { Change, ChangeKind } from '../nouns/changes.ts'

/**
 * A point in time: a day (UTC; its beginning as `since`, its end as `until`), an instant (0: before every sync), a sync (its end), the
 * snapshot of a review, or, for each client, the snapshot of its last signed review, of one kind or of any. A review
 * belongs to one client; with `lastReview`, clients without a signed review are left out.
 */
export const point = z.union([
  z.object({ day }),
  z.object({ at: instant }),
  z.object({ sync: id }),
  z.object({ review: id }),
  z.object({ lastReview: z.enum(['any', ...REVIEW_KINDS]) }),
])
export type Point = z.infer<typeof point>

/** The two points in time, and the scope. */
const questionShape = {
  ...scopeShape,
  since: point,
  /** Default: now. */
  until: point.optional(),
  kinds: z.array(changeKind).optional(),
  connection: id.optional(),
  /** Whose roles, groups and membership of organizations. */
  person: id.optional(),
}

export const changesTextInput = z.object(questionShape)

export const changesContract = {
  list: operation
    .input(
      z.object({
        ...questionShape,
        offset: z.number().int().min(0).default(0),
        limit: z.number().int().min(0).max(100_000).default(500),
      }),
    )
    .output(
      z.object({
        total: z.number().int(),
        /** One entry for each kind that occurs, whatever `kinds` asks for, in the order of the kinds. */
        counts: z.array(z.object({ kind: changeKind, count: z.number().int() })),
        /** The two syncs between which each connection was compared; null where it had none by then. */
        compared: z.array(
          z.object({ connection: connectionRef, client: clientRef, from: id.nullable(), to: id.nullable() }),
        ),
        /** Newest sync first, then by client, connection, kind and subject. */
        rows: z.array(change),
      }),
    ),
  /** The list as a complete Markdown document. */
  markdown: operation.input(changesTextInput).output(z.object({ text: z.string() })),
  /** The completed syncs in scope, newest first, with how much each changed compared with the one before it. */
  timeline: operation.input(z.object({ ...scopeShape, limit: z.number().int().min(1).max(1000).default(200) })).output(
    z.array(
      z.object({
        syncId: id,
        /** The sync of its connection before it; null for the first. */
        before: id.nullable(),
        at: instant,
        client: clientRef,
        connection: connectionRef,
        state: z.enum(['complete', 'partial']),
        changes: z.number().int(),
      }),
    ),
  ),
}
