import type { KEY_OPERATIONS } from '../../../shared/operations/keys.ts'
import type { Writer } from '../db/handles.ts'
import { insertRotation, meetSetDay, setSnooze, undoRotation, updateLogicalKey } from '../keys/rotation.ts'
import { type Appliers, NO_NUMBERS } from './applier.ts'

/** A key by what its provider calls it; undefined where the register has none. */
function findKey(writer: Writer, connectionUid: string, key: string) {
  return writer.get<{ readonly keyId: number; readonly logicalKeyId: number }>(
    `SELECT k.id AS keyId, k.logical_key_id AS logicalKeyId FROM connection n
     JOIN key k ON k.connection_id = n.id AND k.external_id = ? WHERE n.uid = ?`,
    [key, connectionUid],
  )
}

/** Due days and the search index follow from these once for many: the use case derives them. */
export const keyAppliers: Appliers<keyof typeof KEY_OPERATIONS> = {
  'key.described': (writer, { body }) => {
    const { v: _, connectionUid, key: __, firstKey, ...change } = body
    const key = findKey(writer, connectionUid, firstKey)
    if (key !== undefined) updateLogicalKey(writer, key.logicalKeyId, change)
    return NO_NUMBERS
  },
  'key.snoozed': (writer, { body: { connectionUid, key: name, until } }) => {
    const key = findKey(writer, connectionUid, name)
    if (key !== undefined) setSnooze(writer, key.keyId, until)
    return NO_NUMBERS
  },
  'key.rotated': (writer, { at, operator, subject: name, body }) => {
    const { connectionUid, firstKey, rotationUid: uid, trigger, rotatedOn, note } = body
    const key = findKey(writer, connectionUid, body.key)
    const first = findKey(writer, connectionUid, firstKey)
    if (key === undefined || first === undefined) return NO_NUMBERS
    const { logicalKeyId } = first
    const of = { keyId: key.keyId, logicalKeyId, name }
    const rotation = insertRotation(writer, { key: of, trigger, rotatedOn, note, operator, at, uid })
    meetSetDay(writer, rotation)
    return { rotation }
  },
  'key.rotation-undone': (writer, { at, body: { connectionUid, key: name, rotationUid, recognised } }) => {
    const key = recognised ? findKey(writer, connectionUid, name) : undefined
    const rotation =
      key === undefined
        ? writer.value<number>('SELECT id FROM rotation WHERE uid = ?', [rotationUid])
        : writer.value<number>('SELECT id FROM rotation WHERE key_id = ? AND recognised = 1', [key.keyId])
    if (rotation === undefined) return NO_NUMBERS
    undoRotation(writer, rotation, at)
    return { rotation }
  },
}
