import type { Area } from '../../../shared/contract/app.ts'
import { canonicalJson, type Json } from '../../../shared/domain/canonical-json.ts'
import { toLocalDay } from '../../../shared/domain/day.ts'
import { isKind, OPERATIONS } from '../../../shared/decisions/operations.ts'
import type { Op } from '../../../shared/team/op.ts'
import type { AskedReason } from '../../../shared/team/outcome.ts'
import type { Reader, Writer } from '../db/handles.ts'
import { journal, type JournalEntry, type JournalRow } from '../db/journal.ts'
import { findOwnRole } from './logs.ts'
import { rebase } from './rebase.ts'
import { noteChangedPrices } from './priced.ts'
import { findReviewUid, settleReviews } from './take-review.ts'
import { findSeenHere } from './waiting.ts'

/** An operation that goes out only once its author keeps it. `other`: the one that another member placed meanwhile. */
export interface AskedBack {
  readonly uid: string
  readonly log: string
  readonly op: Op
  readonly reason: AskedReason
  readonly other: Op | null
  readonly otherMember: string | null
}

interface Row {
  readonly uid: string
  readonly log: string
  readonly operation: string
  readonly reason: AskedReason
  readonly other: string | null
  readonly otherMember: string | null
}

const ASKED = `SELECT w.uid, w.log, w.operation, w.asked AS reason, o.operation AS other, o.member AS otherMember
  FROM team_waiting w LEFT JOIN team_operation o ON o.log = w.log AND o.hash = w.other AND o.no_effect IS NULL
  WHERE w.asked IS NOT NULL ORDER BY w.id`

export function listAskedBack(reader: Reader): readonly AskedBack[] {
  return reader.all<Row>(ASKED).map(({ operation, other, ...row }) => ({
    ...row,
    op: JSON.parse(operation) as Op,
    other: other === null ? null : (JSON.parse(other) as Op),
  }))
}

/**
 * Decides again, with what was placed meanwhile in sight: a decision of now, with a row of the audit log of its own, that counts after all that
 * waits. Returns what the window reads again.
 */
export function keepAskedBack(writer: Writer, uid: string, at: number): ReadonlySet<Area> {
  const row = writer.get<GivenUp>(`${WAITING} AND asked IS NOT NULL`, [uid])
  if (row === undefined) return new Set()
  const { log, operation, seq } = row
  const op = JSON.parse(operation) as Op
  const kind = writer.value<string>('SELECT kind FROM team_log WHERE log = ?', [log])
  const seen = findSeenHere(writer, log, op, kind === 'agency', uid)
  const again: Op = { ...op, at, day: toLocalDay(at), on: seen?.on ?? null }
  const own = seq === null ? undefined : writer.get<JournalRow>('SELECT * FROM journal WHERE seq = ?', [seq])
  writer.run(
    `UPDATE team_waiting SET operation = :operation, seen = :seen, role = :role, journal_seq = :seq, asked = NULL, other = NULL,
       id = (SELECT max(id) + 1 FROM team_waiting) WHERE uid = :uid`,
    {
      operation: canonicalJson(again as Json),
      seen: seen?.seen ?? -1,
      role: findOwnRole(writer, log),
      seq:
        own === undefined ? null : journal(writer, { ...own, at, body: JSON.parse(own.body) as JournalEntry['body'] }),
      uid,
    },
  )
  putAside(writer, uid, row, 'dropped')
  return settleOperations(writer, log, [op])
}

/** Gives up what was asked back; its row of the audit log stays, and does not count. Returns what the window reads again. */
export function dropAskedBack(writer: Writer, uid: string): ReadonlySet<Area> {
  const row = writer.get<GivenUp>(WAITING, [uid])
  return row === undefined ? new Set() : giveUp(writer, uid, row)
}

const WAITING = 'SELECT log, operation, journal_seq AS seq FROM team_waiting WHERE uid = ?'

interface GivenUp {
  readonly log: string
  readonly operation: string
  readonly seq: number | null
}

/** The places of what was given up: before all places of a log, so that no batch has them. */
const FIRST_DROPPED = -2

/** Takes an operation that waits out of what counts, and keeps it with the reason. */
export function giveUp(writer: Writer, uid: string, row: GivenUp, reason = 'dropped'): ReadonlySet<Area> {
  writer.run('DELETE FROM team_waiting WHERE uid = ?', [uid])
  writer.run('DELETE FROM team_bytes WHERE uid = ?', [uid])
  putAside(writer, uid, row, reason)
  return settleOperations(writer, row.log, [JSON.parse(row.operation) as Op])
}

/** Keeps a row of the audit log from counting. */
function putAside(writer: Writer, uid: string, { log, operation, seq }: GivenUp, reason: string): void {
  if (seq === null) return
  const place = (writer.value<number | null>('SELECT min(place) FROM team_operation WHERE log = ?', [log]) ?? 0) - 1
  writer.run(
    `INSERT INTO team_operation (log, place, uid, hash, device, member, operation, seen, no_effect, journal_seq)
     VALUES (:log, :place, :uid, zeroblob(32), '', '', :operation, -1, :reason, :seq)`,
    { log, place: Math.min(place, FIRST_DROPPED), uid, operation, reason, seq },
  )
}

/** Makes tables what counts shows, after operations that were decided here began to count or ceased to. Returns what the window reads again. */
export function settleOperations(writer: Writer, log: string, ops: readonly Op[]): ReadonlySet<Area> {
  if (ops.length === 0) return new Set()
  const reviews = new Set(ops.flatMap((op) => findReviewUid(op) ?? []))
  const ended = new Set(ops.flatMap((op) => (findReviewUid(op) === null ? [op.kind] : [])))
  if (ended.size > 0) rebase(writer, { waited: new Set(), placed: new Set(), ended })
  if (reviews.size > 0) settleReviews(writer, reviews)
  noteChangedPrices(writer, log, ops)
  return new Set(ops.flatMap(({ kind }) => (isKind(kind) ? OPERATIONS[kind].areas : [])))
}
