import { z } from 'zod'

import { REVIEW_KINDS } from '../domain/reviews/review.ts'
import { RISKS, TODAY_KINDS } from '../domain/today/matter.ts'
import { BANDS } from '../domain/today/rank.ts'
import { clientKind } from './clients.ts'
import { clientRef, day, id, instant, operation, scopeShape } from './common.ts'
import { syncState } from './connections.ts'
import { reportKind, reportPeriod } from './reports.ts'
import { remediationState } from './remediation.ts'

/** Where the work of an entry is done, by what is shown there. */
export const todayTarget = z.discriminatedUnion('to', [
  z.object({ to: z.literal('leaver'), personId: id }),
  z.object({ to: z.literal('leavers') }),
  z.object({ to: z.literal('connection'), connectionId: id, fix: z.literal('replace-key').nullable() }),
  z.object({ to: z.literal('connections') }),
  z.object({ to: z.literal('key'), keyId: id }),
  z.object({ to: z.literal('keys'), rotation: z.enum(['overdue', 'due']), isAdmin: z.boolean() }),
  z.object({ to: z.literal('review'), reviewId: id }),
  z.object({ to: z.literal('review-start'), kind: z.enum(REVIEW_KINDS), client: z.string() }),
  z.object({ to: z.literal('reviews') }),
  z.object({ to: z.literal('remediation'), state: remediationState }),
  z.object({ to: z.literal('budgets') }),
  z.object({ to: z.literal('usage') }),
  z.object({ to: z.literal('finding'), findingId: id }),
  z.object({ to: z.literal('findings'), rule: z.string().nullable(), severity: z.enum(RISKS).nullable() }),
  z.object({ to: z.literal('report'), client: z.string(), kind: reportKind, period: reportPeriod }),
  z.object({ to: z.literal('reports') }),
])
export type TodayTarget = z.infer<typeof todayTarget>

/** Why an entry is not in the queue. */
export const todayHidden = z.object({
  /** Snoozed until this day; null: dismissed. */
  until: day.nullable(),
  reason: z.string(),
  by: z.string(),
  at: instant,
})

export const todayEntry = z.object({
  /** Names it in `snooze`, `dismiss`, `restore` and `note`; stable while it lasts. */
  entryId: z.string(),
  kind: z.enum(TODAY_KINDS),
  band: z.enum(BANDS),
  risk: z.enum(RISKS),
  /** The matter, in a sentence. */
  says: z.string(),
  /** Further facts; empty where there are none. */
  detail: z.string(),
  /** Why it is ranked here: its risk, its reach and its age. */
  why: z.string(),
  /** Its clients in scope, most pressing first. */
  clients: z.array(clientRef),
  /** The verb and object of its one action, and where that leads. */
  action: z.object({ label: z.string(), target: todayTarget }),
  /** The note of a person, and who takes care of it; empty where there is none. */
  note: z.string(),
  contact: z.string(),
  /** Null while it is in the queue. */
  hidden: todayHidden.nullable(),
})
export type TodayEntry = z.infer<typeof todayEntry>

/** The syncs of a client together. `none`: no connection. `never`: not synced yet. `failed`, `partial`: the last attempts. */
export const todaySync = z.object({
  state: z.enum(['none', 'never', 'failed', 'partial', 'complete']),
  /** The newest sync that read something. */
  at: instant.nullable(),
  connections: z.number().int(),
  /** Those whose last attempt read everything. */
  read: z.number().int(),
})
export type TodaySync = z.infer<typeof todaySync>

export const todayClient = z.object({
  client: clientRef.extend({ kind: clientKind }),
  /** Entries of the queue that concern it. */
  now: z.number().int(),
  week: z.number().int(),
  /** Null while nothing was synced or imported. */
  people: z.number().int().nullable(),
  keys: z.number().int().nullable(),
  /** The next review, or the one that is overdue for longest; null where none is scheduled. */
  nextReview: z.object({ dueOn: day, overdue: z.boolean() }).nullable(),
  sync: todaySync,
})
export type TodayClient = z.infer<typeof todayClient>

const named = { ...scopeShape, entry: z.string().min(1).max(200) }

const done = z.object({ done: z.literal(true) })

/** `only`: at these clients alone, for an undo of what differed by client. */
const deciding = { ...named, only: z.array(z.string()).max(1000).optional() }

const place = z.object({ client: z.string(), entry: z.string() })

/** The matters that were hidden at a client before it was returned, by which `snooze` or `dismiss` hides it again. */
const hiddenBefore = place.extend({ until: day.nullable(), reason: z.string() })
export type HiddenBefore = z.infer<typeof hiddenBefore>

/** The earlier note at a client, by which `note` sets it again. */
const notedBefore = place.extend({ note: z.string(), contact: z.string() })
export type NotedBefore = z.infer<typeof notedBefore>

/** By `at`, `restore` finds what this decision hid. */
const didHide = done.extend({ at: instant })

/** The queue of what to do first, and the state of each client. */
export const todayContract = {
  /** Most pressing first. With `hidden` the snoozed and dismissed entries instead, which are never joined. */
  list: operation.input(z.object({ ...scopeShape, hidden: z.boolean().default(false) })).output(
    z.object({
      entries: z.array(todayEntry),
      /** How many are snoozed or dismissed. */
      hidden: z.number().int(),
      /** By risk: those with the most entries for now first. */
      clients: z.array(todayClient),
      sample: z.boolean(),
      /** The operator's day. */
      day,
      lastSync: z.object({ at: instant, state: syncState }).nullable(),
    }),
  ),
  /** Hides an entry until a day, in scope; it returns earlier when its facts get worse. Written to the audit log. */
  snooze: operation
    .input(z.object({ ...deciding, until: day, reason: z.string().trim().max(2000).default('') }))
    .output(didHide),
  /** Hides an entry, in scope, until its facts get worse. Written to the audit log. */
  dismiss: operation.input(z.object({ ...deciding, reason: z.string().trim().min(1).max(2000) })).output(didHide),
  /**
   * Returns a snoozed or dismissed entry to the queue, or all that were hidden under the id of a row that joined them.
   * `at`: only what was hidden at this instant, for the undo. Written to the audit log.
   */
  restore: operation
    .input(z.object({ ...named, at: instant.optional() }))
    .output(done.extend({ before: z.array(hiddenBefore) })),
  /**
   * Sets the note or the contact of an entry, or both; what is left out stays, and an empty one is removed. Written to
   * the audit log.
   */
  note: operation
    .input(
      z.object({
        ...deciding,
        note: z.string().trim().max(2000).optional(),
        contact: z.string().trim().max(200).optional(),
      }),
    )
    .output(done.extend({ before: z.array(notedBefore) })),
}
