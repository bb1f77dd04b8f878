import { z } from 'zod'

import { KEYS, keyRow } from '../nouns/keys.ts'
import { accessRow } from './access.ts'
import { defineList, id, instant, operation } from './common.ts'
import { logicalKey, rotationRecord } from './rotation-record.ts'

export { KEY_ACCOUNTS, KEYS, keyRow, lastUse } from '../nouns/keys.ts'
export type { KeyAccount, KeyFilter, KeyFlag, KeyRow } from '../nouns/keys.ts'

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
  /** True if it is the owner of the key. */
  owner: z.boolean(),
  /** Its roles with their paths; none for an owner without a role there. */
  roles: z.array(accessRow.pick({ rowKey: true, roleRaw: true, level: true, via: true, viaName: true, project: true })),
})
export type KeyUser = z.infer<typeof keyUser>

/** The properties of keys whose values can be counted. */
export const KEY_COUNTS = ['environment', 'kind', 'status', 'account', 'rotation'] as const

export const keysContract = {
  list: defineList(KEYS),
  get: operation.input(z.object({ keyId: id })).output(keyDetail),
  /** Who can use a key: its owner first, then the others by name. */
  users: operation.input(z.object({ keyId: id })).output(z.array(keyUser)),
  /** The values of a property among the keys that match the other filters, with the number of keys; most first. */
  counts: operation
    .input(z.object({ filter: KEYS.filter, by: z.enum(KEY_COUNTS) }))
    .output(z.array(z.object({ value: z.string(), count: z.number().int() }))),
}
