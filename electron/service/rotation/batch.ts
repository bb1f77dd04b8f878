import type { Inputs } from '../../../shared/contract/contract.ts'
import type { KeyChange } from '../../../shared/contract/rotation.ts'
import { counted } from '../../../shared/domain/counted.ts'
import { type Day, toLocalDay } from '../../../shared/domain/day.ts'
import { formatDay } from '../../../shared/domain/text/dates.ts'
import type { RotationRecord } from '../../../shared/contract/rotation-record.ts'
import type { BodyOf } from '../../../shared/decisions/operations.ts'
import { createUidFor } from '../../register/clients/client.ts'
import { deriveKeys } from '../../register/keys/derive-keys.ts'
import {
  getRotation,
  type KeyName,
  keyNames,
  type LogicalKeyChange,
  readKeySettings,
} from '../../register/keys/rotation.ts'
import type { Numbers } from '../../register/rows/settle.ts'
import { type Context, getReader, getToday } from '../core/context.ts'
import { commitOperations, type NewDecision, readUid } from '../core/operations.ts'
import { assertAttested } from '../kit/attest.ts'
import { invalid, notFound, Refusal } from '../kit/refusal.ts'

type Batch = Inputs['rotation']['markMany']

/** Throws `Refusal` NOT_FOUND unless all keys exist. */
function findKeys(context: Context, ids: readonly number[]): readonly KeyName[] {
  const keys = keyNames(getReader(context), [...new Set(ids)])
  const missing = ids.find((id) => !keys.has(id))
  if (missing !== undefined) throw notFound(`Key ${missing}`, 'Read the list of keys again.')
  return [...keys.values()]
}

/** How an operation names a key. */
function nameKey({ connectionUid, externalId: key }: KeyName) {
  return { connectionUid, key }
}

/** How an operation names a key and its logical key. */
export function nameBoth(key: KeyName) {
  return { ...nameKey(key), firstKey: key.firstKey }
}

/** How an operation names a key, its logical key and the last reading that was known. */
function nameWithReading(key: KeyName) {
  const { syncUid, began } = key
  return { ...nameBoth(key), lastReading: syncUid === null || began === null ? null : { syncUid, began } }
}

/**
 * Commits operations on keys, and derives once for all of them what follows: the due days of all keys of their logical
 * keys, which share its interval and date, and what a search finds them by.
 */
export function commitKeys(
  context: Context,
  keys: Iterable<KeyName>,
  operations: readonly NewDecision[],
): readonly Numbers[] {
  const logicalKeys = new Set([...keys].map((key) => key.logicalKeyId))
  const isDescribed = operations.some(({ kind }) => kind === 'key.described')
  return commitOperations(context, operations, (writer) => deriveKeys(writer, logicalKeys, isDescribed)).numbers
}

/** Changes what a person set for a key. */
export function describeKey(key: KeyName, change: LogicalKeyChange): NewDecision {
  return {
    kind: 'key.described',
    client: key.client,
    subject: key.name,
    body: { v: 1, ...nameWithReading(key), ...change },
  }
}

export function snoozeKey(key: KeyName, until: Day | null): NewDecision {
  return { kind: 'key.snoozed', client: key.client, subject: key.name, body: { v: 1, ...nameKey(key), until } }
}

type RotationFacts = Pick<BodyOf<'key.rotated'>, 'trigger' | 'rotatedOn' | 'note'>

export function rotateKey(context: Context, key: KeyName, rotated: RotationFacts): NewDecision {
  const body = {
    v: 1,
    ...nameWithReading(key),
    rotationUid: createUidFor(getReader(context), key.client, context.now()),
    ...rotated,
  } as const
  return { kind: 'key.rotated', client: key.client, subject: key.name, body }
}

export function undoRotationOf(context: Context, key: KeyName, { id, recognized }: RotationRecord): NewDecision {
  const rotationUid = readUid(getReader(context), 'rotation', id)
  const body = { v: 1, ...nameWithReading(key), rotationUid, recognized } as const
  return { kind: 'key.rotation-undone', client: key.client, subject: key.name, body }
}

/** Throws `Refusal` INVALID for a day on which a key cannot have been rotated: one to come, or one before it was created. */
export function checkRotatedOn(context: Context, rotatedOn: Day, keys: readonly KeyName[]): void {
  if (rotatedOn > getToday(context)) {
    throw invalid('rotatedOn', `${formatDay(rotatedOn)} is in the future.`, 'Give the day of the rotation.')
  }
  const later = keys.find(({ createdAt }) => createdAt !== null && toLocalDay(createdAt) > rotatedOn)
  if (later === undefined) return
  const createdOn = toLocalDay(later.createdAt ?? 0)
  throw invalid(
    'rotatedOn',
    `${later.name} did not exist on ${formatDay(rotatedOn)}: it was created on ${formatDay(createdOn)}.`,
    `Give a day from ${createdOn} on.`,
  )
}

/** Throws `Refusal` where several keys, or an admin key, are marked without the reason or the word that they ask for. */
export function checkAttestation(
  keys: readonly KeyName[],
  given: { readonly reason: string; readonly confirm: string | undefined },
): void {
  const [first] = keys
  const covers =
    keys.length === 1 && first !== undefined
      ? `${first.name} is an admin key`
      : `These are ${counted(keys.length, 'key')}`
  assertAttested('ROTATED', { count: keys.length, isGrave: keys.some(({ isAdmin }) => isAdmin === 1) }, given, {
    field: 'note',
    option: '--note',
    covers,
    purpose: 'to record their rotation',
  })
}

/** Throws `Refusal` for a mark as a decoy without a reason or of a time to come, and on a key that was removed or that a tool uses. */
export function checkDecoy(
  context: Context,
  key: KeyName,
  { decoy, reason, since }: Omit<Inputs['rotation']['setDecoy'], 'keyId'>,
): void {
  if (!decoy) return
  if (reason === '') throw invalid('reason', 'A decoy needs a reason.', 'Write where it was put, or why.')
  if (since !== undefined && since > context.now()) {
    throw invalid('since', 'The time of the mark is in the future.', 'Leave it out to mark the key now.')
  }
  if (key.standing === 0) {
    throw new Refusal('CONFLICT', `${key.name} was removed at the provider.`, 'Mark a key that still exists.')
  }
  if (key.tool !== null) {
    const what = `${key.name} was made by ${key.tool}, which uses it.`
    throw new Refusal('CONFLICT', what, 'Create a key that nothing uses, and mark that one.')
  }
}

/** Records a rotation of each key, in one transaction. Throws `Refusal` when a key was removed, or the day is not valid. */
export function markMany(context: Context, input: Batch): number[] {
  const rotatedOn: Day = input.rotatedOn ?? getToday(context)
  const keys = findKeys(context, input.keys)
  checkRotatedOn(context, rotatedOn, keys)
  const removed = keys.find((key) => key.standing === 0)
  if (removed !== undefined) {
    throw new Refusal('CONFLICT', `${removed.name} was removed at the provider.`, 'Leave it out of the selection.')
  }
  const { trigger = 'scheduled', note: words = '', confirm } = input
  checkAttestation(keys, { reason: words, confirm })
  const operations = keys.map((key) => rotateKey(context, key, { trigger, rotatedOn, note: words }))
  return commitKeys(context, keys, operations).map(({ rotation = 0 }) => rotation)
}

/** Undoes rotations, in one transaction; those that were undone before are left out. Returns how many were undone. */
export function undoMany(context: Context, ids: readonly number[]): number {
  const reader = getReader(context)
  const rotations = [...new Set(ids)].map((id) => getRotation(reader, id))
  if (rotations.includes(null)) throw notFound('A rotation', 'Read the history of the keys again.')
  const open = rotations.filter((rotation) => rotation !== null && rotation.undoneAt === null)
  if (open.length === 0) return 0
  const keys = keyNames(
    reader,
    open.flatMap((rotation) => (rotation === null ? [] : [rotation.keyId])),
  )
  const operations = open.flatMap((rotation) => {
    const key = rotation === null ? undefined : keys.get(rotation.keyId)
    return rotation === null || key === undefined ? [] : [undoRotationOf(context, key, rotation)]
  })
  commitKeys(context, keys.values(), operations)
  return open.length
}

/** Changes settings of keys, in one transaction; returns those that they had before. */
export function setMany(context: Context, changes: readonly KeyChange[]): KeyChange[] {
  const today = getToday(context)
  const past = changes.find(({ snoozedUntil }) => typeof snoozedUntil === 'string' && snoozedUntil <= today)
  if (past !== undefined) {
    throw invalid(
      'snoozedUntil',
      `${past.snoozedUntil ?? ''} is not in the future.`,
      'Give a later day, or none to end the snooze.',
    )
  }
  const ids = changes.map(({ keyId }) => keyId)
  const keys = new Map(findKeys(context, ids).map((key) => [key.keyId, key]))
  const settings = readKeySettings(getReader(context), ids)
  const before = changes.map((change) => pickBefore(change, settings.get(change.keyId), today))
  const operations = changes.flatMap(({ keyId, snoozedUntil, ...words }) => {
    const key = keys.get(keyId)
    if (key === undefined) return []
    const isDescribed = Object.values(words).some((word) => word !== undefined)
    return [
      ...(isDescribed ? [describeKey(key, words)] : []),
      ...(snoozedUntil === undefined ? [] : [snoozeKey(key, snoozedUntil)]),
    ]
  })
  commitKeys(context, keys.values(), operations)
  return before
}

/** The settings that a change replaces; an ended snooze is none. */
function pickBefore(change: KeyChange, was: Omit<KeyChange, 'keyId'> | undefined, today: Day): KeyChange {
  const { keyId, ...words } = change
  const fields = (Object.keys(words) as (keyof typeof words)[]).filter((field) => words[field] !== undefined)
  const values = fields.map((field) => {
    const value = was?.[field] ?? null
    return [field, field === 'snoozedUntil' && value !== null && value <= today ? null : value] as const
  })
  return { keyId, ...Object.fromEntries(values) }
}
