import { z } from 'zod'

import { REVIEW_KINDS } from '../domain/reviews/review.ts'
import { clientRef, connectionRef, day, id, instant, level, madeBy, operation, scopeShape } from './common.ts'

/**
 * What happened between two states, net: changes that were reversed in between are left out. The kinds of access
 * compare effective access, the union of direct roles, roles of groups, and what organization roles carry into
 * projects: `raised` and `lowered` the strongest level that a principal holds on a project or the organization, where it is
 * known before and after, `role-changed` the paths at the same level, or a custom role, which compares with none. `role-changed` of a group, `group-joined` and `group-left` are causes;
 * their effects have rows of their own. The kinds of federation are
 * about rules, whose paths are not among those of access. `certificate-expired` is of a certificate that was active when its
 * end came; the other kinds of certificates compare the places where each is. `recipients-changed`, `enforcement-changed`,
 * `provisioning-changed` and `tags-changed` are about a limit, account or project that was there before and after. `first-reading` is one row for a connection that was not read before a day: what
 * its first sync found is counted in it, and the rows of the connection compare with that sync.
 */
export const CHANGE_KINDS = [
  'access-gained',
  'access-lost',
  'access-raised',
  'access-lowered',
  'role-changed',
  'group-joined',
  'group-left',
  'person-joined',
  'person-left',
  'person-renamed',
  'address-changed',
  'provisioning-changed',
  'key-created',
  'key-rotated',
  'key-removed',
  'key-re-owned',
  'key-changed',
  'project-created',
  'project-archived',
  'project-removed',
  'project-changed',
  'tags-changed',
  'limit-set',
  'limit-changed',
  'limit-removed',
  'recipients-changed',
  'enforcement-changed',
  'federation-added',
  'federation-changed',
  'federation-removed',
  'certificate-added',
  'certificate-changed',
  'certificate-expired',
  'certificate-removed',
  'first-reading',
] as const

export const changeKind = z.enum(CHANGE_KINDS)
export type ChangeKind = z.infer<typeof changeKind>

export const change = z.object({
  /** Stable for one query; use it only as a key for rows. */
  rowKey: z.string(),
  kind: changeKind,
  client: clientRef,
  connection: connectionRef,
  /** The last sync in between that touched it, and when it ended. */
  sync: z.object({ id, at: instant }),
  /** Who or what changed, by the last name in the register. */
  subject: z.object({
    kind: z.enum(['principal', 'key', 'project', 'limit', 'federation', 'certificate', 'connection']),
    id,
    name: z.string(),
    personId: id.nullable(),
  }),
  project: z.object({ id, name: z.string() }).nullable(),
  /** Of access: every role that is held, each with its path, as in `owner (by group Org readers)`. */
  before: z.string().nullable(),
  after: z.string().nullable(),
  /** The strongest level that is held; null where none is, and of a group. */
  levelBefore: level.nullable(),
  levelAfter: level.nullable(),
  /** By whom and when, where the provider's own log has it. */
  madeBy: madeBy.nullable(),
})
export type Change = z.infer<typeof change>

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
  /** The same as a complete Markdown document. */
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
