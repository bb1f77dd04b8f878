import type { Area } from '../../../shared/contract/app.ts'
import { isKind, OPERATIONS } from '../../../shared/decisions/operations.ts'
import { listBlobs } from '../../../shared/team/blobs.ts'
import type { LogKind } from '../../../shared/domain/team-roles.ts'
import { CARD_KIND } from '../../../shared/team/card.ts'
import type { Op } from '../../../shared/team/op.ts'
import { canonicalJson, type Json } from '../../../shared/domain/canonical-json.ts'
import type { Reader, Writer } from '../db/handles.ts'
import { packFrozen } from '../reviews/frozen-bytes.ts'
import { findReviewId } from '../rows/reviews.ts'
import { readCards } from './logs.ts'
import { readTeamPlace } from './place.ts'
import { noteChangedPrices } from './priced.ts'
import { rebase } from './rebase.ts'
import { toPlace, writePlace } from './take.ts'
import { findReviewUid, settleReviews } from './take-review.ts'
import { forgetFolds, noteTopics } from './verdicts.ts'
import { keepBytes, reviewWaiting } from './waiting.ts'

interface LeftRow {
  readonly id: number
  readonly uid: string
  readonly device: string
  readonly operation: string
  readonly noEffect: string | null
  readonly seq: number | null
}

/**
 * Leaves the batches of a log from a position on, since another history counts from there: their operations are kept without an effect. What this
 * device placed among them waits again under its uid, before all that waits; of others, it comes back with their devices. Returns what the window
 * reads again.
 */
export function leaveHistory(writer: Writer, log: string, from: number, now: number): ReadonlySet<Area> {
  const device = readTeamPlace(writer)?.device
  const rows = writer.all<LeftRow>(
    `SELECT id, uid, device, operation, no_effect AS noEffect, journal_seq AS seq FROM team_operation
     WHERE log = ? AND place >= ? ORDER BY place`,
    [log, toPlace(from, 0)],
  )
  const [ended, reviews, priced] = [new Set<string>(), new Set<string>(), [] as Op[]]
  const note = (op: Op): void => {
    ended.add(op.kind)
    priced.push(op)
    const review = findReviewUid(op)
    if (review !== null) reviews.add(review)
  }
  let waiting = (writer.value<number | null>('SELECT min(id) FROM team_waiting') ?? 1) - rows.length - 1
  let place = Math.min(
    writer.value<number | null>('SELECT min(place) FROM team_operation WHERE log = ?', [log]) ?? 0,
    -1,
  )
  for (const { id, uid, device: author, operation, noEffect, seq } of rows) {
    const op = JSON.parse(operation) as Op
    const isOwn = author === device && noEffect === null && op.kind !== CARD_KIND
    const again = isOwn ? toWaiting(writer, op) : null
    place -= 1
    waiting += 1
    if (again !== null) {
      writer.run('DELETE FROM team_operation WHERE id = ?', [id])
      writer.run('INSERT INTO team_waiting (id, log, uid, operation, seen, journal_seq) VALUES (?, ?, ?, ?, -1, ?)', [
        waiting,
        log,
        uid,
        again.operation,
        seq,
      ])
      keepBytes(writer, uid, again.pieces)
    } else {
      writer.run("UPDATE team_operation SET place = ?, no_effect = ifnull(no_effect, 'other-history') WHERE id = ?", [
        place,
        id,
      ])
    }
    note(op)
  }
  const head = writer.value<Uint8Array>('SELECT before FROM team_batch WHERE log = ? AND at = ?', [log, from])
  writer.run('DELETE FROM team_batch WHERE log = ? AND at >= ?', [log, from])
  writer.run('DELETE FROM team_card WHERE log = ? AND at >= ?', [log, from])
  const kind = writer.value<LogKind>('SELECT kind FROM team_log WHERE log = ?', [log]) ?? 'client'
  if (head !== undefined) writePlace(writer, log, kind, from, head)
  forgetFolds(writer)
  noteTopicsAgain(writer, log, kind)
  writer.run(SEEN_AGAIN, [log])
  const asked = readCards(writer, log, 1).length === 0 ? [] : reviewWaiting(writer, log, now)
  for (const op of asked) note(op)
  rebase(writer, { waited: new Set(), placed: new Set(), ended })
  settleReviews(writer, reviews)
  noteChangedPrices(writer, log, priced)
  return new Set([...ended].flatMap((one) => (isKind(one) ? OPERATIONS[one].areas : [])))
}

/** An operation as it waits, with the bytes that it names; null for a long reading, which the next one replaces. */
function toWaiting(
  reader: Reader,
  op: Op,
): { readonly operation: string; readonly pieces: readonly Uint8Array[] } | null {
  if (listBlobs(op).length === 0) return { operation: canonicalJson(op as Json), pieces: [] }
  const review = op.kind === 'review.opened' ? findReviewId(reader, String(op.body['reviewUid'])) : null
  if (review === null) return null
  return {
    operation: canonicalJson({ ...op, body: { ...op.body, pieces: [] } }),
    pieces: packFrozen(reader, review),
  }
}

/** What was in sight, as far as it is in the history that is left. */
const SEEN_AGAIN = `UPDATE team_waiting SET seen = ifnull((SELECT o.place FROM team_operation o
  WHERE o.log = team_waiting.log AND o.hash = unhex(operation ->> 'on') AND o.no_effect IS NULL), -1) WHERE log = ?`

interface CountingRow {
  readonly operation: string
  readonly hash: Uint8Array
  readonly place: number
  readonly member: string
  readonly device: string
  readonly seen: number
}

/** Makes the last operation about each subject that of what is left. */
function noteTopicsAgain(writer: Writer, log: string, kind: LogKind): void {
  writer.run('DELETE FROM team_topic WHERE log = ?', [log])
  const rows = writer.all<CountingRow>(
    'SELECT operation, hash, place, member, device, seen FROM team_operation WHERE log = ? AND no_effect IS NULL ORDER BY place',
    [log],
  )
  for (const { operation, ...row } of rows) noteTopics(writer, log, kind, { ...row, op: JSON.parse(operation) as Op })
}
