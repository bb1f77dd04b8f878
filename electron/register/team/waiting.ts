import { createHash } from 'node:crypto'
import { zstdCompressSync } from 'node:zlib'

import { canonicalJson, hasCanonicalForm, type Json } from '../../../shared/domain/canonical-json.ts'
import { DAY_MS, type Day, toLocalDay } from '../../../shared/domain/day.ts'
import { removeLocalFields } from '../../../shared/decisions/local.ts'
import type { Operation } from '../../../shared/decisions/operations.ts'
import { listSeen, listTopics, namesOperation } from '../../../shared/decisions/topics.ts'
import type { ReadingTaken } from '../../../shared/decisions/readings.ts'
import type { LogKind } from '../../../shared/domain/team-roles.ts'
import type { LogRole } from '../../../shared/team/card.ts'
import { MOST_LEVELS } from '../../../shared/team/canonical.ts'
import { NAMED_KIND } from '../../../shared/team/named.ts'
import { op as opSchema, type Op } from '../../../shared/team/op.ts'
import type { AskedReason } from '../../../shared/team/outcome.ts'
import { hasPrecondition } from '../../../shared/team/preconditions.ts'
import { classify, isExchanged, mayDecide } from '../../../shared/team/rights.ts'
import type { WaitingOperation } from '../../../shared/team/store.ts'
import type { ComposedReading } from '../apply/take-reading.ts'
import type { Reader, Writer } from '../db/handles.ts'
import { createUid } from '../db/uid.ts'
import { packFrozen } from '../reviews/frozen-bytes.ts'
import { AGENCY, findLogOf, findOwnRole, readCards } from './logs.ts'
import { findOwnMember, readTeamPlace } from './place.ts'
import { OPENED } from './review-authors.ts'
import { findLast, findSeen, foldPlaced, toPlaced } from './verdicts.ts'
import { findUnseen } from '../../../shared/decisions/topics.ts'

/** The longest reading, or population of a review, that its operation contains. */
const MOST_INLINE_BYTES = 8192
/** Characters of a subject that an operation has. */
export const MOST_SUBJECT = 1000
/** What was decided longer ago asks its author before it goes out. */
const OLD_MS = 14 * DAY_MS

/** An operation that was decided here, with its row of the journal. */
export interface JournaledOperation {
  readonly operation: Operation
  readonly seq: number
}

/**
 * Adds operations to what waits to be placed, in the transaction that decided them; those of kinds that a team does not exchange are left out. `day`:
 * the author's. Throws `RangeError` for one that no batch can have, so that it is not decided: it would hold up all that is decided after it.
 */
export function addPending(writer: Writer, decided: readonly JournaledOperation[], day: Day): void {
  for (const { operation, seq } of decided) {
    const { kind, at, client, subject, body } = operation
    if (!isExchanged(kind) || !isKnownReview(writer, operation)) continue
    const log = findLogOf(writer, client) ?? (client === null ? AGENCY : null)
    if (log === null) throw new Error(`An operation is about the client ${String(client)}, which does not exist.`)
    const frozen = findFrozen(writer, operation)
    const shared = { ...removeLocalFields(kind, body), ...frozen?.body } as Op['body']
    wait(writer, log, {
      op: {
        kind,
        at,
        day,
        subject: subject.slice(0, MOST_SUBJECT).toWellFormed(),
        ...(kind === 'client.added' && client !== null ? { slug: client } : {}),
        body: shared,
      },
      seq,
      blobs: frozen?.blobs ?? [],
      job: null,
    })
  }
}

interface NewWaiting {
  readonly op: Omit<Op, 'uid' | 'on'> & { readonly uid?: string }
  readonly seq: number | null
  readonly blobs: readonly Uint8Array[]
  readonly job: string | null
}

function wait(writer: Writer, log: string, { op: given, seq, blobs, job }: NewWaiting): void {
  const isAgency = findKind(writer, log) === 'agency'
  const seen = findSeenHere(writer, log, given, isAgency)
  const op: Op = { uid: createUid(given.at), ...given, on: seen?.on ?? null }
  const checked = opSchema.safeParse(op)
  const text = canonicalJson(op as Json)
  if (!checked.success || !hasCanonicalForm(op, MOST_LEVELS - LEVELS_AROUND) || isTooLong(text)) {
    const part = checked.error?.issues[0]?.path.join('.') ?? op.kind
    throw new RangeError(`The decision has a part that no device of the team reads: ${part}.`)
  }
  writer.run(
    `INSERT INTO team_waiting (log, uid, operation, seen, journal_seq, job, role)
     VALUES (:log, :uid, :operation, :seen, :seq, :job, :role)`,
    {
      log,
      uid: op.uid,
      operation: text,
      seen: seen?.seen ?? -1,
      seq,
      job,
      role: findOwnRole(writer, log),
    },
  )
  keepBytes(writer, op.uid, blobs)
}

/** Keeps what an operation that waits names beside it. */
export function keepBytes(writer: Writer, uid: string, pieces: readonly Uint8Array[]): void {
  pieces.forEach((bytes, part) => {
    writer.run('INSERT INTO team_bytes (uid, part, bytes) VALUES (?, ?, ?)', [uid, part, bytes])
  })
}

/** The text of a batch, and the list of its operations. */
const LEVELS_AROUND = 2
/** A box has at most 1 MiB, with the names of what it is about. */
const MOST_BYTES = 1_000_000

function isTooLong(text: string): boolean {
  return text.length > MOST_BYTES && zstdCompressSync(text).length > MOST_BYTES
}

function findKind(reader: Reader, log: string): LogKind {
  if (log === AGENCY) return 'agency'
  return reader.value<LogKind>('SELECT kind FROM team_log WHERE log = ?', [log]) ?? 'client'
}

/** What was in sight here: where a kind names one operation, also one that waits, whose hash does not change when it is placed. */
export function findSeenHere(
  reader: Reader,
  log: string,
  decided: Pick<Op, 'kind' | 'body'>,
  isAgency: boolean,
  self = '',
): { readonly on: string; readonly seen: number } | null {
  const placed = findSeen(reader, log, decided, isAgency)
  if (!namesOperation(decided.kind)) return placed
  const names = new Set(listSeen(decided, isAgency))
  const subject = decided.body['remediationUid'] ?? decided.body['reviewUid']
  const waiting = reader
    .all<{ readonly operation: string }>(WAITING_ABOUT, { log, self, subject: String(subject) })
    .map(({ operation }) => JSON.parse(operation) as Op)
    .find((op) => op.kind !== 'review.opened' && listTopics(op, isAgency).some(({ name }) => names.has(name)))
  if (waiting === undefined) return placed
  return { on: hash(waiting), seen: placed?.seen ?? -1 }
}

const WAITING_ABOUT = `SELECT operation FROM team_waiting WHERE log = :log AND uid <> :self AND asked IS NULL
  AND (operation ->> '$.body.remediationUid' = :subject OR operation ->> '$.body.reviewUid' = :subject) ORDER BY id DESC`

function hash(op: Op): string {
  return createHash('sha256')
    .update(canonicalJson(op as Json))
    .digest('hex')
}

/** Whether the team knows the review that an operation is about: one that was opened before the register belonged to it stays here. */
function isKnownReview(reader: Reader, { kind, body }: Operation): boolean {
  return kind === 'review.opened' || !('reviewUid' in body) || reader.value(OPENED, [body.reviewUid]) !== undefined
}

/** What a review froze, in the operation that opens it where that is short, and otherwise beside it. */
function findFrozen(reader: Reader, { kind, body }: Operation) {
  if (kind !== 'review.opened') return null
  const review = reader.value<number>('SELECT id FROM review WHERE uid = ?', [body.reviewUid])
  const pieces = review === undefined ? [] : packFrozen(reader, review)
  const isShort = pieces.reduce((sum, piece) => sum + piece.length, 0) <= MOST_INLINE_BYTES
  const inline = pieces.map((piece) => ({ inline: Buffer.from(piece).toString('base64') }))
  return { body: { pieces: isShort ? inline : [] }, blobs: isShort ? [] : pieces }
}

/** Adds an operation that is in no row of the journal, such as the name of a member. */
export function addWaiting(writer: Writer, log: string, op: Omit<Op, 'on' | 'uid' | 'day'> & Partial<Op>): void {
  wait(writer, log, { op: { day: toLocalDay(op.at), ...op }, seq: null, blobs: [], job: null })
}

/** Adds an operation about a client that was decided before the register belonged to a team; its row of the journal is the newest of its kind and time. */
export function addJournaled(writer: Writer, log: string, op: Omit<Op, 'on' | 'uid' | 'day'>, client: string): void {
  const seq = writer.value<number | null>('SELECT max(seq) FROM journal WHERE action = ? AND client = ? AND at = ?', [
    op.kind,
    client,
    op.at,
  ])
  wait(writer, log, { op: { day: toLocalDay(op.at), ...op }, seq: seq ?? null, blobs: [], job: null })
}

/**
 * Adds a reading that was applied here to what waits, in the same transaction. Null, for one that changed nothing, adds nothing. `job`: the turn
 * under which it was read; null where a person imported it.
 */
export function addPendingReading(
  writer: Writer,
  composed: ComposedReading | null,
  day: Day,
  job: string | null = null,
): void {
  if (composed === null) return
  const { body: whole, pieces } = composed
  const of = writer.get<{ readonly uid: string; readonly label: string }>(
    'SELECT c.uid, n.label FROM connection n JOIN client c ON c.id = n.client_id WHERE n.uid = ?',
    [whole.connectionUid],
  )
  if (of === undefined) return
  const isShort = whole.bytes <= MOST_INLINE_BYTES
  const inline = pieces.map((piece) => ({ inline: Buffer.from(piece).toString('base64') }))
  const body: ReadingTaken = { ...whole, pieces: isShort ? inline : [] }
  const subject = of.label.slice(0, MOST_SUBJECT).toWellFormed()
  const op = { kind: 'reading.taken', at: whole.ended, day, subject, body }
  wait(writer, of.uid, { op, seq: null, blobs: isShort ? [] : pieces, job })
}

interface WaitingRow {
  readonly uid: string
  readonly operation: string
  readonly job: string | null
}

/** What waits for a log and may go out, in order. */
export function listWaiting(reader: Reader, log: string, most: number): readonly WaitingOperation[] {
  const names = findKind(reader, log) === 'agency' ? [log, AGENCY] : [log]
  return reader
    .all<WaitingRow>(
      `SELECT uid, operation, job FROM team_waiting WHERE log IN (SELECT value FROM json_each(?)) AND asked IS NULL ORDER BY id LIMIT ?`,
      [JSON.stringify(names), most],
    )
    .map(({ uid, operation, job }) => {
      const op = JSON.parse(operation) as Op
      const of = classify(op)
      return {
        op,
        blobs: reader.column<Uint8Array>('SELECT bytes FROM team_bytes WHERE uid = ? ORDER BY part', [uid]),
        turn: job === null ? null : { job },
        class: of.class === 'card' ? 'ordinary' : of.class,
        change: of.change,
      }
    })
}

/** The logs with operations that wait and may go out. */
export function listWaitingLogs(reader: Reader): readonly string[] {
  const agency = findLogOf(reader, null)
  return reader
    .column<string>('SELECT DISTINCT log FROM team_waiting WHERE asked IS NULL ORDER BY log')
    .flatMap((log) => (log === AGENCY ? (agency ?? []) : log))
}

interface Judged {
  readonly id: number
  readonly operation: string
  readonly seen: number
  readonly role: LogRole | null
  readonly asked: AskedReason | null
}

/**
 * Asks of everything that waits for a log whether it may still go out by what is placed: otherwise its author is asked, and until then it does not
 * count. Returns those of which it changed.
 */
export function reviewWaiting(writer: Writer, log: string, now: number): readonly Op[] {
  const changed: Op[] = []
  const rows = writer.all<Judged>(
    'SELECT id, operation, seen, role, asked FROM team_waiting WHERE log = ? ORDER BY id',
    [log],
  )
  if (rows.length === 0) return []
  const kind = findKind(writer, log)
  const member = findOwnMember(writer) ?? ''
  const device = readTeamPlace(writer)?.device ?? ''
  const role = findOwnRole(writer, log)
  const card = readCards(writer, log, 1)[0]?.card
  const ops = rows.map((row) => ({ ...row, op: JSON.parse(row.operation) as Op }))
  const preconditions = ops.some(({ op }) => hasPrecondition(op.kind)) ? foldPlaced(writer, log) : null
  const last = (topic: string) => findLast(writer, log, topic)
  let place = Number.MAX_SAFE_INTEGER - ops.length
  for (const { id, op, seen, role: before, asked } of ops) {
    place += 1
    const placed = { op, hash: Buffer.from(hash(op), 'hex'), member, device, place, seen }
    const asking = {
      kind: op.kind,
      body: op.body,
      member,
      onOrder: seen < 0 ? null : seen,
      isAgency: kind === 'agency',
    }
    const other = findUnseen(asking, last)
    const reason: AskedReason | null =
      other !== null
        ? 'decided-meanwhile'
        : (preconditions?.take(toPlaced(placed, card?.approvals ?? false))?.reason ??
          findDelay(op, { now, kind, before, role }))
    if (reason === asked) continue
    writer.run('UPDATE team_waiting SET asked = ?, other = ? WHERE id = ?', [
      reason,
      other === null ? null : Buffer.from(other.hash, 'hex'),
      id,
    ])
    if (countsWhile(reason) !== countsWhile(asked)) changed.push(op)
  }
  return changed
}

/** The column `counts`. */
function countsWhile(asked: AskedReason | null): boolean {
  return asked === null || asked === 'old' || asked === 'another-role'
}

interface Deciding {
  readonly now: number
  readonly kind: LogKind
  /** The role when it was decided, and that of the newest card. */
  readonly before: LogRole | null
  readonly role: LogRole | null
}

/**
 * What was decided long ago, or under another role, is asked back once; keeping it gives it a new date. What the role of today does not allow is
 * refused when it would be placed.
 */
function findDelay(op: Op, { now, kind, before, role }: Deciding): AskedReason | null {
  if (op.kind === NAMED_KIND || op.kind === 'reading.taken') return null
  if (role === null || !mayDecide(op, role, kind)) return null
  if (now - op.at > OLD_MS) return 'old'
  return before !== null && before !== role ? 'another-role' : null
}
