import { z } from 'zod'

import { day, instant } from '../contract/common.ts'
import { logicalKey } from '../contract/rotation-record.ts'
import { ROTATION_TRIGGERS } from '../domain/rotation.ts'
import { localNumber, uid } from './kind.ts'

/** The key that a person acted on, by its external id; its name is the row's subject. */
const ofKey = { connectionUid: uid, key: z.string() }

/** The logical key: the external id of the first of its keys, which never leaves it, in the same connection. */
const ofLogicalKey = { ...ofKey, firstKey: z.string() }

/**
 * The last reading of the connection that was applied where this was decided; null where none was. What later readings
 * recognize counts after it in every register, whichever of the two arrives there first. `began`: milliseconds.
 */
const lastReading = z.strictObject({ syncUid: uid, began: instant }).nullable()

const ofRotation = { ...ofLogicalKey, rotation: localNumber, rotationUid: uid, lastReading }

/** Operations on keys and their rotation. Due days follow from them and from the policy. */
export const KEY_OPERATIONS = {
  /** Fields that are left out stay unchanged; null follows the key's name or the policy. The later one of a field holds. */
  'key.described': {
    areas: ['rotation', 'access'],
    body: z.strictObject({
      v: z.literal(1),
      ...ofLogicalKey,
      lastReading,
      ...logicalKey.omit({ id: true, name: true }).partial().shape,
    }),
  },
  /** Null ends a snooze. */
  'key.snoozed': {
    areas: ['rotation', 'today'],
    body: z.strictObject({ v: z.literal(1), ...ofKey, until: day.nullable() }),
  },
  /** Fulfils the day that was set for the logical key, unless another rotation is dated later. */
  'key.rotated': {
    areas: ['rotation'],
    body: z.strictObject({
      v: z.literal(1),
      ...ofRotation,
      trigger: z.enum(ROTATION_TRIGGERS),
      rotatedOn: day,
      note: z.string(),
    }),
  },
  /** The day that it fulfilled applies again. `recognized`: the one that each register made of the key by a sync. */
  'key.rotation-undone': {
    areas: ['rotation'],
    body: z.strictObject({ v: z.literal(1), ...ofRotation, recognized: z.boolean() }),
  },
} as const
