import { z } from 'zod'

import { ROTATION_STATES, ROTATION_TRIGGERS } from '../domain/rotation.ts'
import { clientRef, day, id, instant, operation } from './common.ts'
import { KEYS, keyRow } from './keys.ts'
import { rotationRecord } from './rotation-record.ts'

const text = z.string().trim().max(200)

/** The most keys of a batch. */
export const MOST_KEYS = 10_000

/** Keys that are due within some days; without `within`, every one that has a due day. */
export const dueFilter = KEYS.filter.extend({
  within: z.number().int().min(0).max(3650).optional(),
  contact: z.string().optional(),
})

const { client, project, owner, rotation } = keyRow.shape

/** The fields of a key in a table of due keys. */
export const dueRow = keyRow.pick({ keyId: true, name: true, holder: true, contact: true }).extend({
  client: client.pick({ slug: true }),
  project: project.unwrap().pick({ name: true }).nullable(),
  owner: owner.pick({ state: true, name: true, email: true, present: true }),
  rotation: rotation.pick({ dueOn: true, state: true, daysLeft: true }),
})
export type DueRow = z.infer<typeof dueRow>

/** The fields of one key that a batch may change; one left out stays, null resets it. */
const keyChange = z.object({
  keyId: id,
  environment: text.nullable().optional(),
  team: text.nullable().optional(),
  contact: text.nullable().optional(),
  snoozedUntil: day.nullable().optional(),
  /** In place of the day that follows from the policy. */
  dueOn: day.nullable().optional(),
})
export type KeyChange = z.infer<typeof keyChange>

/** The keys of a client that are due on a day. */
export const calendarDay = z.object({
  on: day,
  client: clientRef,
  state: z.enum(ROTATION_STATES),
  count: z.number().int(),
  /** The first few by name, admin keys before others. */
  keys: z.array(z.object({ keyId: id, name: z.string() })),
})
export type CalendarDay = z.infer<typeof calendarDay>

export const rotationContract = {
  /**
   * Keys that match and are due within some days, overdue ones included, earliest first. Without `within`: every one that
   * has a due day.
   */
  due: operation
    .input(
      dueFilter.extend({
        offset: z.number().int().min(0).default(0),
        limit: z.number().int().min(0).max(100_000).default(200),
      }),
    )
    .output(z.object({ total: z.number().int(), rows: z.array(keyRow) })),
  /**
   * The due keys as JSON, flat objects separated by a comma and a line feed: building rows of 50,000 keys takes too
   * long for a script.
   */
  dueJson: operation
    .input(
      dueFilter.extend({
        offset: z.number().int().min(0).default(0),
        limit: z.number().int().min(0).max(100_000).default(100_000),
      }),
    )
    .output(z.object({ rows: z.number().int(), json: z.instanceof(Uint8Array) })),
  /** The due keys of a span of days (at most a year) by day and client, for the calendar. */
  calendar: operation
    .input(KEYS.filter.omit({ dueFrom: true, dueUntil: true }).extend({ from: day, until: day }))
    .output(z.array(calendarDay)),
  /** Records that a key was rotated; its due day moves. An admin key needs a reason in `note`. Undone by `undo`. */
  mark: operation
    .input(
      z.object({
        keyId: id,
        trigger: z.enum(ROTATION_TRIGGERS).default('scheduled'),
        /** Today unless given; not in the future, and not before the key was created. */
        rotatedOn: day.optional(),
        note: text.default(''),
      }),
    )
    .output(z.object({ rotationId: id, key: keyRow })),
  undo: operation.input(z.object({ rotationId: id })).output(z.object({ key: keyRow })),
  /**
   * Records a rotation of many keys as one batch: all or, when one was removed (CONFLICT), none. Undone together. More than one
   * needs a reason in `note`, and ten or more the word in `confirm`, such as `ROTATED 12`.
   */
  markMany: operation
    .input(
      z.object({
        keys: z.array(id).min(1).max(MOST_KEYS),
        trigger: z.enum(ROTATION_TRIGGERS).default('scheduled'),
        /** Today unless given; not in the future, and not before a key was created. */
        rotatedOn: day.optional(),
        note: text.default(''),
        confirm: z.string().max(40).optional(),
      }),
    )
    .output(z.object({ rotations: z.array(id) })),
  undoMany: operation
    .input(z.object({ rotations: z.array(id).min(1).max(MOST_KEYS) }))
    .output(z.object({ undone: z.number().int() })),
  /** Changes environment, team, contact or snooze of many keys as one batch; `before` undoes it. */
  setMany: operation
    .input(z.object({ changes: z.array(keyChange).min(1).max(MOST_KEYS) }))
    .output(z.object({ before: z.array(keyChange) })),
  /** Changes what a key is for and when it is due; `null` resets a field to the value from the name or the policy. */
  set: operation
    .input(
      z.object({
        keyId: id,
        environment: text.nullable().optional(),
        team: text.nullable().optional(),
        purpose: text.nullable().optional(),
        contact: text.nullable().optional(),
        intervalDays: z.number().int().min(1).max(3650).nullable().optional(),
        dueOn: day.nullable().optional(),
        notes: z.string().max(10_000).optional(),
      }),
    )
    .output(keyRow),
  /** Marks a key as a decoy, whose use is an alarm, with the reason; or removes the mark. `since` undoes a removal. */
  setDecoy: operation
    .input(z.object({ keyId: id, decoy: z.boolean(), reason: text.default(''), since: instant.optional() }))
    .output(keyRow),
  /** Silences reminders of a key until a day. */
  snooze: operation.input(z.object({ keyId: id, until: day.nullable() })).output(keyRow),
  history: operation.input(z.object({ keyId: id })).output(z.array(rotationRecord)),
}
