import { z } from 'zod'

import { day, instant } from '../contract/common.ts'
import { logicalKey } from '../contract/rotation-record.ts'
import type { Day } from '../domain/day.ts'
import { ROTATION_TRIGGERS, type RotationTrigger } from '../domain/rotation.ts'
import { decisionsOn } from './fold.ts'
import { localNumber, OPERATOR, uid } from './kind.ts'

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
    words: 'Settings of a key changed',
    areas: ['rotation', 'access'],
    right: OPERATOR,
    conflict: 'ask',
    body: z.strictObject({
      v: z.literal(1),
      ...ofLogicalKey,
      lastReading,
      ...logicalKey.omit({ id: true, name: true }).partial().shape,
    }),
  },
  /**
   * Marks a decoy, whose use is an alarm, or removes the mark. `reason`: why it was marked, or why the mark was removed. `since`: the
   * first mark, where its reason is changed or an undo sets it again, in milliseconds.
   */
  'key.decoy': {
    words: 'Key marked as a decoy, or the mark removed',
    areas: ['rotation', 'access', 'findings'],
    right: OPERATOR,
    conflict: 'ask',
    body: z.strictObject({
      v: z.literal(1),
      ...ofLogicalKey,
      decoy: z.boolean(),
      reason: z.string(),
      since: instant.optional(),
    }),
  },
  /** Null ends a snooze. */
  'key.snoozed': {
    words: 'Reminders of a key snoozed or resumed',
    areas: ['rotation', 'today'],
    right: OPERATOR,
    conflict: 'last',
    body: z.strictObject({ v: z.literal(1), ...ofKey, until: day.nullable() }),
  },
  /** Fulfils the day that was set for the logical key, unless another rotation is dated later. */
  'key.rotated': {
    words: 'Rotation of a key recorded',
    areas: ['rotation'],
    right: OPERATOR,
    conflict: 'merge',
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
    words: 'Rotation of a key undone',
    areas: ['rotation'],
    right: OPERATOR,
    conflict: 'merge',
    body: z.strictObject({ v: z.literal(1), ...ofRotation, recognized: z.boolean() }),
  },
} as const

/** A rotation of a logical key; `key` is the external id of its key. Times are milliseconds. */
export interface StoredRotation {
  readonly uid: string
  readonly key: string
  readonly key_name: string
  readonly trigger: RotationTrigger
  readonly rotated_on: Day
  /** 1 for one that a sync recognized. */
  readonly recognized: number
  readonly operator: string
  readonly note: string
  readonly recorded_at: number
  readonly undone_at: number | null
  /** The day that it fulfilled. */
  readonly met_due_on: Day | null
}

/** The settings of a logical key, by the columns of its table. */
interface KeySettings {
  readonly environment: string | null
  readonly team: string | null
  readonly purpose: string | null
  readonly contact: string | null
  readonly interval_days: number | null
  readonly notes: string
  /** The day that is set and that no rotation has fulfilled. */
  readonly due_on: Day | null
  /** When it was marked as a decoy, in milliseconds; null: it is none. */
  readonly decoy_since: number | null
  readonly decoy_reason: string | null
}

/** The settings of a logical key about which nothing was decided. */
export const NO_SETTINGS: KeySettings = {
  environment: null,
  team: null,
  purpose: null,
  contact: null,
  interval_days: null,
  notes: '',
  due_on: null,
  decoy_since: null,
  decoy_reason: null,
}
export const KEY_SETTINGS = Object.keys(NO_SETTINGS) as readonly (keyof KeySettings)[]

/** The decisions of people about a logical key, and its rotations. */
export interface StoredLogicalKey extends KeySettings {
  readonly connection: string
  readonly first_key: string
  readonly rotations: readonly StoredRotation[]
}

/** Returns the row of a logical key about which nothing was decided. */
export function startKey(connection: string, firstKey: string): StoredLogicalKey {
  return { connection, first_key: firstKey, ...NO_SETTINGS, rotations: [] }
}

interface RotationName {
  readonly rotationUid: string
  readonly key: string
  /** True for the rotation that each register made of the key by a sync, under a uid of its own. */
  readonly recognized?: boolean
}

/** Returns the rotation that a decision names. */
export function findRotation(
  rotations: readonly StoredRotation[],
  { rotationUid, key, recognized = false }: RotationName,
): StoredRotation | undefined {
  return rotations.find((one) => (recognized ? one.recognized === 1 && one.key === key : one.uid === rotationUid))
}

export type NewRotation = Omit<StoredRotation, 'undone_at' | 'met_due_on'>

/** Adds a rotation, once. It fulfils the day that is set unless one that counts is dated later. */
function addRotation(key: StoredLogicalKey, rotation: NewRotation): StoredLogicalKey {
  if (key.rotations.some(({ uid: known }) => known === rotation.uid)) return key
  const isLatest = key.rotations.every((other) => other.undone_at !== null || other.rotated_on <= rotation.rotated_on)
  const added = { ...rotation, undone_at: null, met_due_on: isLatest ? key.due_on : null }
  return { ...key, due_on: isLatest ? null : key.due_on, rotations: [...key.rotations, added] }
}

/** Undoes a rotation, once. The day that it fulfilled applies again unless another one is set. */
function undoRotation(key: StoredLogicalKey, rotation: StoredRotation | undefined, at: number): StoredLogicalKey {
  if (rotation === undefined || rotation.undone_at !== null) return key
  const rotations = key.rotations.map((one) => (one === rotation ? { ...one, undone_at: at } : one))
  return { ...key, due_on: key.due_on ?? rotation.met_due_on, rotations }
}

/** A rotation that a sync recognized, in its place among decisions. */
const RECOGNIZED = {
  'rotation.recognized': {
    body: z.custom<{ readonly connectionUid: string; readonly firstKey: string; readonly rotation: NewRotation }>(),
  },
} as const

type KeyKinds = Omit<typeof KEY_OPERATIONS, 'key.snoozed'> & typeof RECOGNIZED

export const LOGICAL_KEYS = decisionsOn<StoredLogicalKey, KeyKinds>({
  table: 'logical_key',
  key: {
    of: ({ body: { connectionUid, firstKey } }) => `${connectionUid} ${firstKey}`,
    in: ({ connection, first_key: firstKey }) => `${connection} ${firstKey}`,
  },
  isStored: (key) => key.rotations.length > 0 || KEY_SETTINGS.some((column) => key[column] !== NO_SETTINGS[column]),
  folds: {
    'key.described': (row, { body }) => {
      const key = row ?? startKey(body.connectionUid, body.firstKey)
      const { environment = key.environment, team = key.team, purpose = key.purpose, contact = key.contact } = body
      const { intervalDays = key.interval_days, notes = key.notes, dueOn = key.due_on } = body
      return { ...key, environment, team, purpose, contact, interval_days: intervalDays, notes, due_on: dueOn }
    },
    // The earliest mark counts, so that no later one hides a use.
    'key.decoy': (row, { at, body }) => {
      const key = row ?? startKey(body.connectionUid, body.firstKey)
      return body.decoy
        ? { ...key, decoy_since: Math.min(body.since ?? at, key.decoy_since ?? at, at), decoy_reason: body.reason }
        : { ...key, decoy_since: null, decoy_reason: null }
    },
    'key.rotated': (row, { at, operator, subject, body }) => {
      const { rotationUid, key, trigger, rotatedOn, note } = body
      const of = { uid: rotationUid, key, key_name: subject, trigger, rotated_on: rotatedOn, recognized: 0 }
      const rotation = { ...of, operator, note, recorded_at: at }
      return addRotation(row ?? startKey(body.connectionUid, body.firstKey), rotation)
    },
    'key.rotation-undone': (row, { at, body }) =>
      row === null ? null : undoRotation(row, findRotation(row.rotations, body), at),
    'rotation.recognized': (row, { body: { connectionUid, firstKey, rotation } }) =>
      addRotation(row ?? startKey(connectionUid, firstKey), rotation),
  },
})

/** A key whose due day is not reported until a day. */
export interface StoredSnooze {
  readonly connection: string
  readonly key: string
  readonly until: Day
}

export const SNOOZES = decisionsOn<StoredSnooze, Pick<typeof KEY_OPERATIONS, 'key.snoozed'>>({
  table: 'key',
  key: {
    of: ({ body: { connectionUid, key } }) => `${connectionUid} ${key}`,
    in: ({ connection, key }) => `${connection} ${key}`,
  },
  folds: {
    'key.snoozed': (_, { body: { connectionUid, key, until } }) =>
      until === null ? null : { connection: connectionUid, key, until },
  },
})
