import { z } from 'zod'

import { KEY_END_STATES, KEY_KINDS } from '../domain/facts.ts'
import { KEY_HOLDERS } from '../domain/providers/key-holder.ts'
import { OWNER_STATES, OWNER_KINDS } from '../domain/facts.ts'
import { KEY_STATUSES } from '../domain/key-status.ts'
import { ROTATION_STATES } from '../domain/rotation.ts'
import {
  anyOf,
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
import { accessRow } from './access.ts'
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
  /** Of a credential of another vendor that is deposited at a gateway: the vendor, in the gateway's word; else null. */
  vendor: z.string().nullable(),
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
  endState: z.enum(KEY_END_STATES),
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

/** `unowned`: no owner or an owner who was removed; `unused`: unused for as long as the client’s policy allows; `never`: never used. */
export const KEY_FLAGS = ['unowned', 'unused', 'never', 'personal'] as const
export type KeyFlag = (typeof KEY_FLAGS)[number]

export const KEY_SORTS = ['due', 'name', 'client', 'project', 'owner', 'created', 'last-used', 'expires'] as const

/**
 * Whose key it is: that of a person, of a service account, without an owner (`none`, also a workspace’s own), or not reported
 * (`unknown`).
 */
export const KEY_ACCOUNTS = ['person', 'service-account', 'none', 'unknown'] as const
export type KeyAccount = (typeof KEY_ACCOUNTS)[number]

/** Combined with "and"; several values of one with "or". A filter left out does not filter. */
export const keyFilter = z.object({
  ...scopeShape,
  search: z.string().max(200).optional(),
  connection: id.optional(),
  project: id.optional(),
  person: id.optional(),
  /** The account that owns them. */
  principal: id.optional(),
  kind: anyOf(z.enum(KEY_KINDS)),
  rotation: anyOf(z.enum(ROTATION_STATES)),
  flag: anyOf(z.enum(KEY_FLAGS)),
  environment: anyOf(z.string().max(200)),
  status: anyOf(z.enum(KEY_STATUSES)),
  /** Whose key it is. */
  account: anyOf(z.enum(KEY_ACCOUNTS)),
  /** Due on that day at the earliest. */
  dueFrom: day.optional(),
  /** Due on that day at the latest, overdue ones included. */
  dueUntil: day.optional(),
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

/** One account that can use a key: its owner, or one whose role reaches the project or organization of the key. */
export const keyUser = z.object({
  principal: accessRow.shape.principal,
  /** Whether it is the owner of the key. */
  owner: z.boolean(),
  /** Its roles with their paths; none for an owner without a role there. */
  roles: z.array(accessRow.pick({ rowKey: true, roleRaw: true, level: true, via: true, viaName: true, project: true })),
})
export type KeyUser = z.infer<typeof keyUser>

/** The properties of keys whose values can be counted. */
export const KEY_COUNTS = ['environment', 'kind', 'status', 'account', 'rotation'] as const

export const keysContract = {
  list: operation.input(keyFilter.extend({ sort: sortBy(KEY_SORTS), ...sliceShape })).output(readSlice(keyRow)),
  get: operation.input(z.object({ keyId: id })).output(keyDetail),
  /** Who can use a key: its owner first, then the others by name. */
  users: operation.input(z.object({ keyId: id })).output(z.array(keyUser)),
  /** The values of a property among the keys that match the other filters, with the number of keys; most first. */
  counts: operation
    .input(z.object({ filter: keyFilter, by: z.enum(KEY_COUNTS) }))
    .output(z.array(z.object({ value: z.string(), count: z.number().int() }))),
}
