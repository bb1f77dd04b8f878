import { z } from 'zod'

import { KEY_KINDS } from '../domain/facts.ts'
import { KEY_HOLDERS } from '../domain/providers/key-holder.ts'
import { OWNER_STATES, OWNER_KINDS } from '../domain/facts.ts'
import { KEY_STATUSES } from '../domain/key-status.ts'
import { ROTATION_STATES } from '../domain/rotation.ts'
import {
  clientRef,
  connectionRef,
  day,
  id,
  instant,
  operation,
  projectRef,
  scopeShape,
  readSlice,
  sliceShape,
  sortBy,
} from './common.ts'
import { findingMark } from './findings.ts'
import { logicalKey, rotationRecord } from './rotation-record.ts'

export const lastUse = z.discriminatedUnion('state', [
  z.object({ state: z.literal('known'), at: instant }),
  /** Last used before that instant. */
  z.object({ state: z.literal('before'), at: instant }),
  z.object({ state: z.literal('never') }),
  z.object({ state: z.literal('not-reported') }),
])

export const keyOwner = z.object({
  state: z.enum(OWNER_STATES),
  kind: z.enum(OWNER_KINDS).nullable(),
  name: z.string().nullable(),
  email: z.string().nullable(),
  /** The person behind a user, where the register knows one. */
  personId: id.nullable(),
  /**
   * Whether the owner is still in the connection; null if the owner is not known, or no list that was read shows it.
   */
  present: z.boolean().nullable(),
  /** OpenAI: whether the owner still reaches the project. */
  access: z.enum(['active', 'inactive']).nullable(),
})

export const keyRow = z.object({
  keyId: id,
  externalId: z.string(),
  name: z.string(),
  hint: z.string().nullable(),
  kind: z.enum(KEY_KINDS),
  /** The tool that made it for its owner at a sign-in, such as Claude Code; null for all other keys. */
  tool: z.string().nullable(),
  status: z.string(),
  client: clientRef,
  connection: connectionRef,
  project: projectRef.nullable(),
  /** Who holds the key. A key of a `workspace` belongs to it: `owner` is only its creator. */
  holder: z.enum(KEY_HOLDERS),
  owner: keyOwner,
  createdAt: instant.nullable(),
  lastUse,
  expiresAt: instant.nullable(),
  environment: z.string().nullable(),
  team: z.string().nullable(),
  purpose: z.string().nullable(),
  contact: z.string().nullable(),
  rotation: z.object({
    dueOn: day.nullable(),
    basis: z.string(),
    state: z.enum(ROTATION_STATES),
    /** Days until due; negative when overdue. */
    daysLeft: z.number().int().nullable(),
    lastRotatedOn: day.nullable(),
    snoozedUntil: day.nullable(),
    nextReminderOn: day.nullable(),
  }),
  /** Its open findings, where a list or panel was asked for. */
  findings: findingMark.optional(),
})
export type KeyRow = z.infer<typeof keyRow>

/** `unowned`: no owner or an owner who was removed; `unused`: not used in 90 days; `never`: never used. */
export const KEY_FLAGS = ['unowned', 'unused', 'never', 'personal'] as const
export type KeyFlag = (typeof KEY_FLAGS)[number]

export const KEY_SORTS = ['due', 'name', 'client', 'project', 'owner', 'created', 'last-used', 'expires'] as const

/** Combined with "and". A flag left out does not filter. */
export const keyFilter = z.object({
  ...scopeShape,
  search: z.string().max(200).optional(),
  connection: id.optional(),
  project: id.optional(),
  person: id.optional(),
  kind: z.enum(KEY_KINDS).optional(),
  rotation: z.enum(ROTATION_STATES).optional(),
  flag: z.enum(KEY_FLAGS).optional(),
  environment: z.string().optional(),
  status: z.enum(KEY_STATUSES).optional(),
})
export type KeyFilter = z.input<typeof keyFilter>

export const keyDetail = z.object({
  row: keyRow,
  logicalKey,
  /** All keys of the logical key, newest first, removed ones included. */
  versions: z.array(
    z.object({
      keyId: id,
      name: z.string(),
      hint: z.string().nullable(),
      createdAt: instant.nullable(),
      removed: z.boolean(),
    }),
  ),
  rotations: z.array(rotationRecord),
  firstSeen: z.object({ syncId: id, at: instant }),
})
export type KeyDetail = z.infer<typeof keyDetail>

export const keysContract = {
  list: operation.input(keyFilter.extend({ sort: sortBy(KEY_SORTS), ...sliceShape })).output(readSlice(keyRow)),
  get: operation.input(z.object({ keyId: id })).output(keyDetail),
}
