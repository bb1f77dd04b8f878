import { z } from 'zod'

import { ROLE_PATHS } from '../domain/access/role-path.ts'
import { SYNC_ORIGINS } from '../domain/connection.ts'
import { KEY_KINDS, OWNER_STATES } from '../domain/facts.ts'
import { REVIEW_MARKS } from '../domain/reviews/marks.ts'
import { ITEM_DECISIONS, REVIEW_KINDS, REVIEW_STATES } from '../domain/reviews/review.ts'
import { principalKind } from './access.ts'
import { clientRef, connectionRef, day, id, instant, level, operation, projectRef, scopeShape } from './common.ts'
import { readSlice, sliceShape, sortBy } from './common.ts'
import { severity } from './findings.ts'
import { lastUse } from './keys.ts'

export const reviewKind = z.enum(REVIEW_KINDS)
export const reviewState = z.enum(REVIEW_STATES)
export const itemDecision = z.enum(ITEM_DECISIONS)

/**
 * The name that signed a review, the operator who typed it in this register (null for one signed before this was
 * recorded), and when.
 */
const signature = z.object({ by: z.string(), operator: z.string().nullable(), at: instant })

/** A decision about a review by a clock that was wrong. */
const reviewClock = z.object({
  /** The kind of the operation, such as `review.signed`. */
  kind: z.string(),
  by: z.string(),
  /** By that clock, which the entry has signed, and by the server's, which proves nothing. */
  at: instant,
  placedAt: instant,
  /** By how many milliseconds that clock was ahead of the server’s at least; negative where it was behind. */
  clockMs: z.number().int(),
})
export type ReviewClock = z.infer<typeof reviewClock>

/**
 * A review that a team shares; null in a profile without a team, and for one that was opened before the profile belonged to it. `member` signs
 * and acknowledges here, under this name; `isSigner`: they signed it. `waiting`: decisions about it that are not placed yet. `clocks`: what
 * was decided about it by clocks that were wrong; neither its order nor its effect follows from times.
 */
export const reviewTeam = z.object({
  member: z.string(),
  isSigner: z.boolean(),
  waiting: z.number().int(),
  clocks: z.array(reviewClock),
})

/** How far one reviewer is with a review. */
const reviewProgress = z.object({
  reviewer: z.string(),
  /** Items that they have decided to keep, change or remove. */
  decided: z.number().int(),
  /** Items that they need more information about. */
  questions: z.number().int(),
  lastAt: instant,
})
export type ReviewProgress = z.infer<typeof reviewProgress>

/** The sources of a review's facts, and whether they were read completely. */
export const reviewSource = z.object({
  connection: connectionRef,
  /** Null if the connection was never read. */
  syncId: id.nullable(),
  readAt: instant.nullable(),
  origin: z.enum(SYNC_ORIGINS).nullable(),
  source: z.string(),
  /** The provider's id of the project whose list it is; null for a list of the organization. */
  project: z.string().nullable(),
  state: z.enum(['complete', 'denied', 'unavailable', 'failed', 'cancelled', 'never-read']),
  expected: z.number().int().nullable(),
  fetched: z.number().int(),
  excluded: z.array(z.string()),
})
export type ReviewSource = z.infer<typeof reviewSource>

/** Something that an auditor should look at. Marked, never hidden, and not a reason to refuse. */
export const reviewMark = z.object({
  kind: z.enum(REVIEW_MARKS),
  says: z.string(),
})

export const reviewRow = z.object({
  reviewId: id,
  client: clientRef,
  kind: reviewKind,
  name: z.string(),
  state: reviewState,
  openedAt: instant,
  openedBy: z.string(),
  dueOn: day,
  /** Open after its due day. */
  overdue: z.boolean(),
  items: z.number().int(),
  /** Items with a final decision; those that need more information (`unknown`) have none. */
  decided: z.number().int(),
  flagged: z.number().int(),
  decisions: z.record(itemDecision, z.number().int()),
  /** Everyone who has decided an item, last active first. */
  reviewers: z.array(reviewProgress),
  /** Removals and changes that no sync has verified yet. */
  pending: z.number().int(),
  signed: signature.nullable(),
  acknowledged: signature.nullable(),
  /** Why it was opened on incomplete sources or without an administrator, or why it was cancelled. */
  override: z.string().nullable(),
  /** Why it was signed although some items need more information; null if none did. */
  carried: z.string().nullable(),
})
export type ReviewRow = z.infer<typeof reviewRow>

/** A scheduled review of one client. */
export const reviewScheduleRow = z.object({
  client: clientRef,
  kind: reviewKind,
  /** Months between reviews; null for `departed`, which is due immediately. */
  everyMonths: z.number().int().nullable(),
  /** When the next one has to be signed; null when there is nothing to do (no leavers, no connection). */
  dueOn: day.nullable(),
  overdue: z.boolean(),
  last: z.object({ reviewId: id, on: day }).nullable(),
  openReviewId: id.nullable(),
  reviewer: z.string().nullable(),
})
export type ReviewScheduleRow = z.infer<typeof reviewScheduleRow>

const role = z.object({ raw: z.string(), level })

/** The state when the review was opened; it does not change any more, whatever happens to the subject. */
export const itemFacts = z.object({
  principal: z
    .object({
      id,
      kind: principalKind,
      externalId: z.string(),
      name: z.string().nullable(),
      email: z.string().nullable(),
      status: z.string(),
    })
    .nullable(),
  key: z
    .object({
      id,
      externalId: z.string(),
      name: z.string(),
      hint: z.string().nullable(),
      kind: z.enum(KEY_KINDS),
      tool: z.string().optional(),
      status: z.string(),
      logicalKeyId: id,
      owner: z.string().nullable(),
      ownerState: z.enum(OWNER_STATES),
      createdAt: instant.nullable(),
      expiresAt: instant.nullable(),
      /** Given where the end is unknown; without it, a key without a day never ends. */
      endState: z.literal('not-reported').optional(),
      lastRotatedOn: day.nullable(),
      dueOn: day.nullable(),
      environment: z.string().nullable(),
      team: z.string().nullable(),
      purpose: z.string().nullable(),
      contact: z.string().nullable(),
    })
    .nullable(),
  personId: id.nullable(),
  /** By the last HR file that names the person; null if none does. */
  employment: z
    .object({
      status: z.string(),
      department: z.string().nullable(),
      manager: z.string().nullable(),
      jobTitle: z.string().nullable(),
      contractor: z.boolean(),
      endsOn: day.nullable(),
      source: z.string(),
    })
    .nullable(),
  connection: connectionRef,
  project: projectRef.nullable(),
  /** Null for a key. */
  roleNow: role.nullable(),
  /** At the last signed review of this kind; null if it was not in it or there was none. */
  roleBefore: role.nullable(),
  /** Every path of the access. */
  paths: z.array(z.object({ via: z.enum(ROLE_PATHS), name: z.string().nullable(), role })),
  privileged: z.boolean(),
  grantedAt: instant.nullable(),
  lastUse,
  /** Of the last 30 days, in micro-USD; null if no usage is recorded. */
  cost30Micros: z.number().int().nullable(),
  findings: z.array(z.object({ rule: z.string(), title: z.string(), severity, says: z.string() })),
})
export type ItemFacts = z.infer<typeof itemFacts>

export const itemRecord = z.object({
  decision: itemDecision,
  /** The role to change to, in the provider's word; only with `change`. */
  to: z.string().nullable(),
  why: z.string().nullable(),
  /** The last day of an exception. */
  until: day.nullable(),
  by: z.string(),
  at: instant,
  /** Decisions made in one batch share it. */
  batch: z.number().int(),
  /** The number of decisions in that batch. */
  batchSize: z.number().int(),
  /** The reviewer decided about their own access. */
  selfReview: z.boolean(),
})

/** The result of a removal or a change. */
export const itemClosure = z.object({
  /** `pending`: no sync has verified it yet. */
  state: z.enum(['pending', 'done']),
  syncId: id.nullable(),
  at: instant.nullable(),
  /** From the decision to the sync that verified it. */
  hours: z.number().nullable(),
  /** The remaining access, in words; empty once done. */
  residual: z.array(z.string()),
})

export const reviewItem = z.object({
  itemId: id,
  reviewId: id,
  /** From 1, as frozen. */
  position: z.number().int(),
  name: z.string(),
  /** Has findings: keeping it needs a justification. */
  flagged: z.boolean(),
  facts: itemFacts,
  record: itemRecord.nullable(),
  closure: itemClosure.nullable(),
})
export type ReviewItem = z.infer<typeof reviewItem>

/** An item about a person or a thing, for its panel. */
export const reviewMention = z.object({
  itemId: id,
  reviewId: id,
  kind: reviewKind,
  state: reviewState,
  openedAt: instant,
  connection: connectionRef,
  /** The project by name, as frozen; null for the organization. */
  project: z.string().nullable(),
  decision: itemDecision.nullable(),
  to: z.string().nullable(),
  decidedAt: instant.nullable(),
})
export type ReviewMention = z.infer<typeof reviewMention>

export const REVIEW_ITEM_SORTS = ['position', 'name', 'project', 'last-used', 'decision'] as const

/** Combined with "and". */
const itemFilterShape = {
  search: z.string().max(200).optional(),
  decided: z.boolean().optional(),
  decision: itemDecision.optional(),
  flagged: z.boolean().optional(),
  /** Of owners and admins, or of others. */
  privileged: z.boolean().optional(),
  connection: id.optional(),
  closure: z.enum(['pending', 'done']).optional(),
  /** Only those whose removal or change is not on the remediation list, sent or done yet. */
  unlisted: z.literal(true).optional(),
}
export const reviewItemFilter = z.object(itemFilterShape)
export type ReviewItemFilter = z.infer<typeof reviewItemFilter>

export const reviewOpening = z.object({
  kind: reviewKind,
  client: z.string().min(1),
})

/** Items of a review, by number or all that a filter matches. */
const chosenItems = z.object({ reviewId: id, items: z.union([z.array(id).min(1).max(1000), reviewItemFilter]) })

export const reviewsContract = {
  /** The due days by policy, also for kinds that were never reviewed. Pressing ones first. */
  schedule: operation.input(z.object(scopeShape)).output(z.array(reviewScheduleRow)),
  /** Reviews that were opened, newest first. */
  list: operation
    .input(z.object({ ...scopeShape, kind: reviewKind.optional(), state: reviewState.optional(), ...sliceShape }))
    .output(readSlice(reviewRow)),
  get: operation.input(z.object({ reviewId: id })).output(
    z.object({
      row: reviewRow,
      sources: z.array(reviewSource),
      marks: z.array(reviewMark),
      /** The signed review of this kind before it. */
      previousReviewId: id.nullable(),
      team: reviewTeam.nullable(),
    }),
  ),
  /** The snapshot that opening it now would take, and the obstacles. */
  plan: operation.input(reviewOpening).output(
    z.object({
      items: z.number().int(),
      flagged: z.number().int(),
      administrators: z.number().int(),
      sources: z.array(reviewSource),
      /** Incomplete sources, no known administrators: it opens only with a reason. */
      obstacles: z.array(z.string()),
    }),
  ),
  /**
   * Takes the snapshot. One review of a kind is open for a client at a time (CONFLICT). With obstacles it needs
   * `override` (CONFLICT names them). Without items it closes immediately, as `empty`.
   */
  open: operation
    .input(reviewOpening.extend({ override: z.string().trim().min(1).max(2000).optional() }))
    .output(reviewRow),
  items: operation
    .input(z.object({ reviewId: id, ...itemFilterShape, sort: sortBy(REVIEW_ITEM_SORTS), ...sliceShape }))
    .output(readSlice(reviewItem)),
  item: operation.input(z.object({ itemId: id })).output(reviewItem),
  /**
   * The last items about a person's accounts in scope, or about a key, those of open reviews first, then newest first.
   * Items of cancelled reviews are left out.
   */
  about: operation
    .input(z.union([z.object({ personId: id, ...scopeShape }), z.object({ keyId: id })]))
    .output(z.array(reviewMention)),
  /** The roles that a decision about all of these items can change to; none if their platforms accept any word. */
  roles: operation.input(chosenItems).output(
    z.array(
      z.object({
        role: z.string(),
        /** Its rights; null where they are not known, or differ. */ can: z.string().nullable(),
      }),
    ),
  ),
  /**
   * Decides items of an open review, by number or all that a filter matches, with one justification. `why` is needed to
   * keep flagged items, to remove owners and admins (INVALID names the items), wherever `until` is given, and as the question of items that need more
   * information (`unknown`). One row of the journal for the batch.
   */
  decide: operation
    .input(
      chosenItems.extend({
        decision: itemDecision,
        to: z.string().trim().min(1).max(200).optional(),
        why: z.string().trim().min(1).max(2000).optional(),
        until: day.optional(),
      }),
    )
    .output(z.object({ decided: z.number().int(), batch: z.number().int() })),
  /** Reverts the decisions of one batch to those before them. Until the review is signed. */
  undo: operation
    .input(z.object({ reviewId: id, batch: z.number().int() }))
    .output(z.object({ undone: z.number().int() })),
  /**
   * Needs a decision about every item (CONFLICT contains how many are missing). Items that need more information are
   * carried to the next review only with `carry`, the reason (CONFLICT contains how many there are).
   */
  sign: operation
    .input(
      z.object({
        reviewId: id,
        as: z.string().trim().min(1).max(200),
        carry: z.string().trim().min(1).max(2000).optional(),
      }),
    )
    .output(reviewRow),
  /** Needs a name other than the signer's, in a team a member other than the signer (CONFLICT). In a team, `as` of both is the member's name (INVALID). */
  acknowledge: operation.input(z.object({ reviewId: id, as: z.string().trim().min(1).max(200) })).output(reviewRow),
  withdraw: operation.input(z.object({ reviewId: id, why: z.string().trim().min(1).max(2000) })).output(reviewRow),
}
