import type { Area } from '../../../shared/contract/app.ts'
import { OPERATIONS } from '../../../shared/decisions/operations.ts'
import { listBlobs } from '../../../shared/team/blobs.ts'
import { findStream, type Membership } from '../../../shared/team/membership.ts'
import type { NamedBlobs } from '../../../shared/team/store.ts'
import { WEIGHED_KINDS } from '../../../shared/team/weigh.ts'
import type { Reader, Writer } from '../db/handles.ts'
import { enterPassed, listReviews } from './enter-passed.ts'
import { ENTRY_COLUMNS, type EntryRow, parseOp, toHeld } from './entry-row.ts'
import { settleKeys } from './keys.ts'
import { rebase } from './rebase.ts'
import { takeDueReading } from './take.ts'
import { lacksReview, settleReviews } from './take-review.ts'

/**
 * Carries out an entry that was due: a reading; or a review whose lines were not fetched when its entry was read, since it had no effect then,
 * with what was decided about it. Returns what the window reads again.
 */
export function enterDue(
  writer: Writer,
  stream: string,
  membership: Membership,
  [seq, blobs]: readonly [seq: number, blobs: readonly Uint8Array[]],
): ReadonlySet<Area> {
  const row = writer.get<EntryRow>(`SELECT ${ENTRY_COLUMNS} FROM team_entry e WHERE e.stream = ? AND e.seq = ?`, [
    stream,
    seq,
  ])
  if (row !== undefined && findStream(membership, stream)?.kind === 'facts')
    return takeDueReading(writer, { ...toHeld(row), blobs }, membership)
  const given = new Map([[seq, blobs]])
  const operations = enterPassed(writer, stream, membership, { kinds: WEIGHED_KINDS, given })
  const reordered = { waited: NONE, placed: NONE, ended: new Set(operations.map(({ kind }) => kind)) }
  rebase(writer, reordered)
  settleKeys(writer, operations)
  settleReviews(writer, new Set(listReviews(operations)))
  return new Set(operations.flatMap(({ kind }) => OPERATIONS[kind].areas))
}

const NONE: ReadonlySet<string> = new Set()

/** Reviews that were not opened here, and readings of connections that were never read here. */
const DUE = `SELECT e.seq, e.operation FROM team_entry e INDEXED BY team_entry_kind
    WHERE e.stream = :stream AND e.void_reason IS NULL AND e.operation ->> 'kind' = 'review.opened' AND e.journal_seq IS NULL
      AND EXISTS (SELECT 1 FROM client c WHERE c.uid = e.stream)
  UNION ALL SELECT e.seq, e.operation FROM team_facts f JOIN client c ON c.uid = f.client JOIN connection n ON n.client_id = c.id
    CROSS JOIN team_entry e INDEXED BY team_entry_kind ON e.stream = f.stream AND e.void_reason IS NULL
      AND e.operation ->> 'kind' = 'reading.taken' AND e.operation ->> '$.body.connectionUid' = n.uid
    WHERE f.stream = :stream AND NOT EXISTS (SELECT 1 FROM sync y WHERE y.connection_id = n.id)
  ORDER BY 1`

/** The entries of a stream that are carried out once this device has fetched the blobs that they name. */
export function listDue(reader: Reader, stream: string): readonly NamedBlobs[] {
  return reader
    .all<{ readonly seq: number; readonly operation: string }>(DUE, { stream })
    .flatMap(({ seq, operation }) => {
      const op = parseOp(operation)
      const names = listBlobs(op)
      const isDue = op.kind === 'reading.taken' || (names.length > 0 && lacksReview(reader, op))
      return isDue ? [{ seq, names }] : []
    })
}
