import type { KEY_OPERATIONS } from '../../../shared/decisions/keys.ts'
import type { BodyOf } from '../../../shared/decisions/operations.ts'
import type { Writer } from '../db/handles.ts'
import { insertRotation, fulfilSetDay, setSnooze, undoRotation, updateLogicalKey } from '../keys/rotation.ts'
import { type Appliers, NO_NUMBERS } from './applier.ts'

/** A key by what its provider calls it; undefined where the register has none. */
function findKey(writer: Writer, connectionUid: string, key: string) {
  return writer.get<{ readonly keyId: number; readonly logicalKeyId: number }>(
    `SELECT k.id AS keyId, k.logical_key_id AS logicalKeyId FROM connection n
     JOIN key k ON k.connection_id = n.id AND k.external_id = ? WHERE n.uid = ?`,
    [key, connectionUid],
  )
}

/** The logical key that an operation names: by its first key, or by the key itself where this register never read the first one. */
export function findLogicalKey(writer: Writer, { connectionUid, firstKey, key }: Named): number | undefined {
  return (findKey(writer, connectionUid, firstKey) ?? findKey(writer, connectionUid, key))?.logicalKeyId
}

interface Named {
  readonly connectionUid: string
  readonly firstKey: string
  readonly key: string
}

/** A rotation of a connection: the one that was recognized of a key, or the one that a person recorded. */
function findRotation(
  writer: Writer,
  { connectionUid, key: name, rotationUid, recognized }: BodyOf<'key.rotation-undone'>,
) {
  if (recognized) {
    const key = findKey(writer, connectionUid, name)
    return writer.value<number>('SELECT id FROM rotation WHERE key_id = ? AND recognized = 1', [key?.keyId ?? null])
  }
  return writer.value<number>(
    `SELECT r.id FROM rotation r JOIN logical_key l ON l.id = r.logical_key_id JOIN connection n ON n.id = l.connection_id
     WHERE r.uid = ? AND n.uid = ?`,
    [rotationUid, connectionUid],
  )
}

/** Due days and the search index follow from these once for many (`deriveKeys`). */
export const keyAppliers: Appliers<keyof typeof KEY_OPERATIONS> = {
  'key.described': (writer, { body }) => {
    const { v: _, connectionUid: __, key: ___, firstKey: ____, lastReading: _____, ...change } = body
    const logicalKey = findLogicalKey(writer, body)
    if (logicalKey !== undefined) updateLogicalKey(writer, logicalKey, change)
    return NO_NUMBERS
  },
  'key.snoozed': (writer, { body: { connectionUid, key: name, until } }) => {
    const key = findKey(writer, connectionUid, name)
    if (key !== undefined) setSnooze(writer, key.keyId, until)
    return NO_NUMBERS
  },
  'key.rotated': (writer, { at, operator, subject: name, body }) => {
    const { connectionUid, rotationUid: uid, trigger, rotatedOn, note } = body
    const key = findKey(writer, connectionUid, body.key)
    const logicalKeyId = findLogicalKey(writer, body)
    const isKnown = writer.value('SELECT 1 FROM rotation WHERE uid = ?', [uid]) !== undefined
    if (key === undefined || logicalKeyId === undefined || isKnown) return NO_NUMBERS
    const of = { keyId: key.keyId, logicalKeyId, name }
    const rotation = insertRotation(writer, { key: of, trigger, rotatedOn, note, operator, at, uid })
    fulfilSetDay(writer, rotation)
    return { rotation }
  },
  'key.rotation-undone': (writer, { at, body }) => {
    const rotation = findRotation(writer, body)
    if (rotation === undefined) return NO_NUMBERS
    undoRotation(writer, rotation, at)
    return { rotation }
  },
}
