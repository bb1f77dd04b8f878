import type { Reader, Writer } from '../db/handles.ts'
import type { CountingRow } from '../db/journal.ts'
import { DAY_KINDS, LAST_REVIEW_ACTIONS } from '../read/proof/last-reviews.ts'
import { mendLastReviews } from '../read/proof/mend-reviews.ts'
import { readCountingOrder } from './order.ts'
import { isReordered, type Reordered } from './rebase.ts'

/** The rows that set last reviews of accounts of a client, in the order that counts. */
export function* readLastReviewRows(reader: Reader, client: string): IterableIterator<CountingRow> {
  for (const row of readCountingOrder(reader, LAST_REVIEW_ACTIONS))
    if (row.client === client || row.client === null) yield row
}

const KINDS = [...DAY_KINDS, 'review.signed'] as const

/** Makes the last reviews of a client's accounts what the journal shows, where decisions count in another order than they were carried out in. */
export function settleLastReviews(writer: Writer, client: string, reordered: Reordered): void {
  if (isReordered(reordered, KINDS)) mendLastReviews(writer, client, readLastReviewRows(writer, client))
}

const NEW = `SELECT 1 FROM principal_version v WHERE v.from_sync = ?
  AND NOT EXISTS (SELECT 1 FROM principal_version o WHERE o.principal_id = v.principal_id AND o.from_sync < v.from_sync) LIMIT 1`
const SET = 'SELECT 1 FROM journal WHERE action IN (SELECT value FROM json_each(:kinds)) AND client = :client LIMIT 1'
const CLIENT = `SELECT c.slug FROM sync y JOIN connection n ON n.id = y.connection_id JOIN client c ON c.id = n.client_id WHERE y.id = ?`

/** After a reading was applied: other members may have set the last review of an account before this register read it. */
export function setLeftLastReviews(writer: Writer, syncId: number): void {
  if (writer.value(NEW, [syncId]) === undefined) return
  const client = writer.value<string>(CLIENT, [syncId])
  if (client === undefined || writer.value(SET, { kinds: JSON.stringify(DAY_KINDS), client }) === undefined) return
  mendLastReviews(writer, client, readLastReviewRows(writer, client))
}
