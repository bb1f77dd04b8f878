import type { Area } from '../../../shared/contract/app.ts'
import { isKind, OPERATIONS } from '../../../shared/decisions/operations.ts'
import { listBlobs } from '../../../shared/team/blobs.ts'
import type { Membership } from '../../../shared/team/membership.ts'
import type { Op } from '../../../shared/team/op.ts'
import type { Writer } from '../db/handles.ts'
import { createUid } from '../db/uid.ts'
import { packFrozen } from '../reviews/frozen-bytes.ts'
import { keepBlobs, readBlobs } from './blobs.ts'
import { ENTRY_COLUMNS, type EntryRow, INSERT_ENTRY, parseOp, toText } from './entry-row.ts'
import { noteChangedPrices } from './priced.ts'
import { rebase } from './rebase.ts'
import { expectVoids } from './expect-voids.ts'
import { waitAgain, type WaitingAgain } from './wait-again.ts'
import { findReviewUid, settleReviews } from './take-review.ts'
import { weighPlaced } from './weigh-placed.ts'

/** The entries `e` of a stream that count, were sealed with a generation of its key, and are not taken back. */
export const IS_SEALED = "e.stream = ? AND e.generation = ? AND e.is_counted = 1 AND e.void_reason IS NOT 'key-lost'"

interface Sealed {
  readonly stream: string
  /** The name under which operations wait for the stream. */
  readonly waitsAs: string
  readonly generation: number
  readonly device: string
}

/**
 * Makes the entries void that were sealed with a generation of a stream's key, and the tables what the journal shows without
 * them. What `device` placed among them waits again with its row of the journal, under a new name. Returns what the window reads again.
 */
export function takeBackEntries(
  writer: Writer,
  { stream, waitsAs, generation, device }: Sealed,
  membership: Membership,
): ReadonlySet<Area> {
  const rows = writer.all<EntryRow & { readonly id: number }>(
    `SELECT e.id, ${ENTRY_COLUMNS}, 1 AS isCounted FROM team_entry e WHERE ${IS_SEALED} ORDER BY e.seq`,
    [stream, generation],
  )
  const ended = new Set<string>()
  const reviews = new Set<string>()
  const ofOthers: Op[] = []
  const again: WaitingAgain[] = []
  for (const { id, ...row } of rows) {
    const op = row.operation === null || row.voidReason !== null ? null : parseOp(row.operation)
    const isOwn = row.device === device && op !== null && hasBytes(writer, row.op, op)
    // A row of this table is not updated, so that no entry is changed in its place.
    writer.run('DELETE FROM team_entry WHERE id = ?', [id])
    const params = { ...row, member: null, voidReason: 'key-lost', journalSeq: isOwn ? null : row.journalSeq }
    writer.run(INSERT_ENTRY, params)
    if (op === null) continue
    if (isOwn) {
      const uid = createUid(op.at)
      again.push({ op: uid, operation: toText(op), journalSeq: row.journalSeq })
      keepBlobs(writer, uid, op.at, op.kind === 'reading.taken' ? readBlobs(writer, row.op) : packAgain(writer, op))
    } else ofOthers.push(op)
    ended.add(op.kind)
    const review = findReviewUid(op)
    if (review !== null) reviews.add(review)
  }
  waitAgain(writer, waitsAs, again)
  const reordered = { waited: new Set<string>(), placed: new Set<string>(), ended }
  rebase(writer, reordered)
  const weighed = weighPlaced(writer, stream, membership)
  const expected = expectVoids(writer, stream)
  rebase(writer, { ...reordered, ended: new Set([...weighed.changes, ...expected.changes]) })
  settleReviews(writer, new Set([...reviews, ...weighed.reviews, ...expected.reviews]))
  const client = writer.value<string>('SELECT slug FROM client WHERE uid = ?', [stream])
  if (client !== undefined) noteChangedPrices(writer, client, ofOthers)
  return new Set([...ended].flatMap((kind) => (isKind(kind) ? OPERATIONS[kind].areas : [])))
}

/** What an operation that is placed again names beside the stream. */
export function packAgain(writer: Writer, op: Op): readonly Uint8Array[] {
  if (listBlobs(op).length === 0) return []
  const id = writer.value<number>('SELECT id FROM review WHERE uid = ?', [findReviewUid(op)])
  return id === undefined ? [] : packFrozen(writer, id)
}

/** Whether this register has what an operation of its device names: a long reading whose bytes are not kept any more is not placed again. */
export function hasBytes(writer: Writer, uid: string, op: Op): boolean {
  return op.kind !== 'reading.taken' || listBlobs(op).length === 0 || readBlobs(writer, uid).length > 0
}
