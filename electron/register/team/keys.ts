import type { Operation } from '../../../shared/operations/operations.ts'
import { KEY_OPERATIONS } from '../../../shared/operations/keys.ts'
import type { Writer } from '../db/handles.ts'
import { deriveKeys } from '../keys/derive-keys.ts'
import { findLogicalKey } from '../operations/keys.ts'
import { KEY_ACTIONS } from '../read/proof/key-journal.ts'
import { keysByJournal } from '../read/proof/keys.ts'
import { hasOtherOrder, readCountingOrder } from './order.ts'

export const KEY_KINDS = Object.keys(KEY_OPERATIONS)

/** Makes what people decided about keys what the journal shows in the order that counts. Returns the logical keys that changed. */
function mendKeys(writer: Writer): ReadonlySet<number> {
  const keys = keysByJournal()
  for (const row of readCountingOrder(writer, [...KEY_ACTIONS])) keys.visit(row)
  return keys.mend(writer)
}

/**
 * After decisions of others were carried out: derives what follows from those about keys. `isReordered`: some count in
 * another order than they were carried out in.
 */
export function settleKeys(writer: Writer, operations: readonly Operation[], isReordered: boolean): void {
  const named = operations.flatMap((operation) => ('firstKey' in operation.body ? operation.body : []))
  const isLate = named.some((body) => isBeforeRecognized(writer, body))
  const mended = isReordered || isLate ? mendKeys(writer) : []
  const logicalKeys = new Set([...named.flatMap((body) => findLogicalKey(writer, body) ?? []), ...mended])
  if (logicalKeys.size > 0) deriveKeys(writer, logicalKeys, true)
}

type Named = Extract<Operation['body'], { readonly firstKey: string }>

/** Whether a sync recognized a rotation of the logical key that the author of a decision had not read. */
function isBeforeRecognized(writer: Writer, body: Named): boolean {
  const isRecognized = `SELECT 1 FROM rotation r
    WHERE r.logical_key_id = ? AND r.recognised = 1 AND (SELECT min(v.from_sync) FROM key_version v WHERE v.key_id = r.key_id) >
      ifnull((SELECT s.id FROM sync s WHERE s.uid = ?), -1)`
  const of = [findLogicalKey(writer, body) ?? null, body.lastReading?.syncUid ?? null]
  return writer.value(isRecognized, of) !== undefined
}

const NEW_KEY = `SELECT 1 FROM key_version v WHERE v.from_sync = ?
  AND NOT EXISTS (SELECT 1 FROM key_version o WHERE o.key_id = v.key_id AND o.from_sync < v.from_sync) LIMIT 1`
const DECIDED = 'SELECT 1 FROM journal WHERE action IN (SELECT value FROM json_each(?)) LIMIT 1'

/**
 * After a reading was applied: in a team, decisions about keys may have arrived before the reading that shows the key, or
 * before one that shows its successor.
 */
export function settleNewKeys(writer: Writer, syncId: number): void {
  if (!hasOtherOrder(writer) || writer.value(NEW_KEY, [syncId]) === undefined) return
  if (writer.value(DECIDED, [JSON.stringify(KEY_KINDS)]) === undefined) return
  const mended = mendKeys(writer)
  if (mended.size > 0) deriveKeys(writer, mended, true)
}
