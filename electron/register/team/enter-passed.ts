import type { Operation } from '../../../shared/decisions/operations.ts'
import { listBlobs } from '../../../shared/team/blobs.ts'
import type { Membership } from '../../../shared/team/membership.ts'
import type { Writer } from '../db/handles.ts'
import { journalAll } from '../db/journal.ts'
import { carryOut, toOperation } from './carry-out.ts'
import { ENTRY_COLUMNS, type EntryRow, INSERT_ENTRY, parseOp, toHeld } from './entry-row.ts'
import { lacksReview } from './take-review.ts'

/** The bytes that entries of a stream name, by their positions. */
export type GivenBlobs = ReadonlyMap<number, readonly Uint8Array[]>

interface Entered {
  /** Left out: of all kinds. */
  readonly kinds?: readonly string[]
  readonly given?: GivenBlobs
}

/**
 * Enters what of a stream has an effect and is in no row of the journal: a key was declared lost, and so it was placed before what it is about
 * was placed again, or had no effect when it was read. `kinds`: what this register had before the team is in no row either, unless it is weighed.
 * What names bytes that are not given is left. Returns the operations; tables are to be
 * made what all of them show in their order.
 */
export function enterPassed(
  writer: Writer,
  stream: string,
  membership: Membership,
  { kinds, given }: Entered = {},
): readonly Operation[] {
  const rows = writer.all<EntryRow & { readonly id: number }>(
    `SELECT e.id, ${ENTRY_COLUMNS}, 1 AS isCounted FROM team_entry e
     WHERE e.stream = :stream AND e.void_reason IS NULL AND e.journal_seq IS NULL
       AND (:kinds IS NULL OR e.operation ->> 'kind' IN (SELECT value FROM json_each(:kinds))) ORDER BY e.seq`,
    { stream, kinds: kinds === undefined ? null : JSON.stringify(kinds) },
  )
  return rows.flatMap(({ id, ...row }) => {
    const op = row.operation === null ? null : parseOp(row.operation)
    const blobs = given?.get(row.seq) ?? []
    if (op === null || (listBlobs(op).length > blobs.length && lacksReview(writer, op))) return []
    const operation = toOperation(writer, { ...toHeld(row), blobs }, membership)
    const entered = operation === null ? null : carryOut(writer, operation, blobs)
    if (operation === null || entered === null) return []
    writer.run('DELETE FROM team_entry WHERE id = ?', [id])
    writer.run(INSERT_ENTRY, { ...row, journalSeq: journalAll(writer, [entered]) })
    return operation
  })
}

/** The reviews that operations are about, by uid. */
export function listReviews(operations: readonly Operation[]): readonly string[] {
  return operations.flatMap(({ body }) => ('reviewUid' in body ? body.reviewUid : []))
}
