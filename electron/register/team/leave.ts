import type { Area } from '../../../shared/contract/app.ts'
import { isKind, OPERATIONS } from '../../../shared/decisions/operations.ts'
import { isPlacedAfterLeaving, withBasis } from '../../../shared/team/blobs.ts'
import { findStream, type Membership, type StreamUse } from '../../../shared/team/membership.ts'
import type { Op } from '../../../shared/team/op.ts'
import type { StreamPlace } from '../../../shared/team/store.ts'
import type { Writer } from '../db/handles.ts'
import { keepBlobs, readBlobs } from './blobs.ts'
import { ENTRY_COLUMNS, type EntryRow, INSERT_ENTRY, parseOp, toText } from './entry-row.ts'
import { noteChangedPrices } from './priced.ts'
import { rebase } from './rebase.ts'
import { nameBranch, nameFacts } from './streams.ts'
import { hasBytes, packAgain } from './take-back.ts'
import { expectVoids } from './expect-voids.ts'
import { waitAgain, type WaitingAgain } from './wait-again.ts'
import { findReviewUid, settleReviews } from './take-review.ts'

/**
 * Puts the entries of a stream aside from `place.next` on, since another history counts from there, and makes the tables what the
 * journal shows without them. What `device` placed among them waits again with its row of the journal, before all that waits. Returns what
 * the window reads again. `waitsAs`: the name under which operations wait for the stream.
 */
export function leaveHistory(
  writer: Writer,
  { stream, next }: StreamPlace,
  { waitsAs, device }: { readonly waitsAs: string; readonly device: string },
  membership: Membership,
): ReadonlySet<Area> {
  const rows = writer.all<EntryRow & { readonly id: number }>(
    `SELECT e.id, ${ENTRY_COLUMNS}, 0 AS isCounted FROM team_entry e WHERE e.stream = ? AND e.seq >= ? ORDER BY e.seq`,
    [stream, next],
  )
  const aside = nameBranch(writer, stream)
  if (rows.length > 0) writer.run(KEEP_PLACE, { aside, stream })
  const ended = new Set<string>()
  const reviews = new Set<string>()
  const ofOthers: Op[] = []
  const again: WaitingAgain[] = []
  for (const { id, ...row } of rows) {
    const op = row.operation === null || row.voidReason !== null ? null : parseOp(row.operation)
    const isAgain = op !== null && row.device === device && isPlacedAfterLeaving(op) && hasBytes(writer, row.op, op)
    writer.run('DELETE FROM team_entry WHERE id = ?', [id])
    const voidReason = row.voidReason ?? 'other-history'
    const journalSeq = isAgain ? null : row.journalSeq
    writer.run(INSERT_ENTRY, { ...row, stream: aside, member: null, voidReason, journalSeq })
    if (op === null) continue
    if (isAgain) {
      const waiting = withBasis(op, next - 1)
      again.push({ op: row.op, operation: toText(waiting), journalSeq: row.journalSeq })
      if (readBlobs(writer, row.op).length === 0) keepBlobs(writer, row.op, op.at, packAgain(writer, waiting))
    } else ofOthers.push(op)
    if (op.kind === 'client.opened')
      writer.run('DELETE FROM team_facts WHERE client = ?', [String(op.body['clientUid'])])
    ended.add(op.kind)
    const review = findReviewUid(op)
    if (review !== null) reviews.add(review)
  }
  waitAgain(writer, waitsAs, again)
  const use = findStream(membership, stream)
  restOnHeld(writer, waitsAs, 'basis', next - 1)
  if (use !== null && use.kind !== 'agency') restOnHeld(writer, toOther(use), FIELDS[use.kind], next - 1)
  const expected = expectVoids(writer, stream)
  const reordered = { waited: NONE, placed: NONE, ended: new Set([...ended, ...expected.changes]) }
  rebase(writer, reordered)
  settleReviews(writer, new Set([...reviews, ...expected.reviews]))
  const client = writer.value<string>('SELECT slug FROM client WHERE uid = ?', [stream])
  if (use !== null && use.kind !== 'facts' && (use.kind === 'agency' || client !== undefined))
    noteChangedPrices(writer, client ?? null, ofOthers)
  return new Set([...ended].flatMap((kind) => (isKind(kind) ? OPERATIONS[kind].areas : [])))
}

const NONE: ReadonlySet<string> = new Set()

const KEEP_PLACE = `INSERT INTO team_stream (stream, head, next, floor)
  SELECT :aside, head, next, floor FROM team_stream WHERE stream = :stream`

/** What an operation of the other stream calls the position of this one. */
const FIELDS = { decisions: 'decisions', facts: 'facts' } as const

/** The name under which operations wait for the other stream of a client. */
function toOther({ scope, kind }: StreamUse): string {
  return kind === 'facts' ? scope : nameFacts(scope)
}

/** Lets nothing that waits rest on a position that was left. */
function restOnHeld(writer: Writer, name: string, field: 'basis' | 'decisions' | 'facts', newest: number): void {
  writer.run(
    `UPDATE team_pending SET operation = json_set(operation, '$.${field}', :newest)
     WHERE stream = :name AND operation ->> '$.${field}' > :newest`,
    { name, newest },
  )
}
