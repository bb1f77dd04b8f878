import type { Area } from '../../../shared/contract/app.ts'
import { canonicalJson, type Json } from '../../../shared/domain/canonical-json.ts'
import { isKind, OPERATIONS, type Operation } from '../../../shared/decisions/operations.ts'
import { READING_OPERATIONS } from '../../../shared/decisions/readings.ts'
import type { PlacedBatch } from '../../../shared/team/batch.ts'
import type { Card } from '../../../shared/team/card.ts'
import { findClockError } from '../../../shared/team/clocks.ts'
import { judgeOperation } from '../../../shared/team/judge.ts'
import type { Op } from '../../../shared/team/op.ts'
import type { NoEffectReason } from '../../../shared/team/outcome.ts'
import { EXCHANGED_KINDS, findPerson } from '../../../shared/team/rights.ts'
import type { HeldCard, ReadBatch } from '../../../shared/team/store.ts'
import type { Reader, Writer } from '../db/handles.ts'
import { journalAll, type JournalEntry } from '../db/journal.ts'
import { settleOperations } from './asked.ts'
import { carryOut, carryOutReading, toOperation } from './carry-out.ts'
import { settleKeys } from './keys.ts'
import { AGENCY } from './logs.ts'
import { noteChangedPrices } from './priced.ts'
import { rebase } from './rebase.ts'
import { settleAcceptances } from './take-acceptances.ts'
import { findReviewUid, settleReviews } from './take-review.ts'
import { noteTopics, openVerdicts, type PlacedOp } from './verdicts.ts'
import { reviewWaiting } from './waiting.ts'

/** More operations are not in one batch, so the places of a log follow its positions. */
const MOST_PARTS = 512

/** The place of an operation in the order of its log. */
export function toPlace(at: number, part: number): number {
  return at * MOST_PARTS + part
}

const READING = 'reading.taken'
const READING_AREAS = READING_OPERATIONS[READING].areas
/** What may have been decided about something that no reading had shown here. */
const ABOUT_FACTS = EXCHANGED_KINDS.filter(
  (kind) => isKind(kind) && 'onFacts' in ((OPERATIONS[kind] as { right?: object }).right ?? {}),
)

/** What was taken, as far as tables follow from it. */
interface Taking {
  /** Kinds that others decided. */
  readonly placed: Set<string>
  /** Kinds that were decided here and have no effect. */
  readonly ended: Set<string>
  readonly reviews: Set<string>
  readonly operations: Operation[]
  readonly priced: Op[]
  /** The rows of the journal to append, each with its place. */
  readonly rows: { readonly entry: JournalEntry; readonly place: number }[]
}

/**
 * Takes batches of one log, in order: stores them with the verdict of each operation, and carries out what others decided and counts: tables and a
 * row of the journal, as if it were decided here, under the member's name. What was decided here has its row already. Returns what the window
 * reads again.
 */
export function takeBatches(writer: Writer, log: string, read: readonly ReadBatch[], now: number): ReadonlySet<Area> {
  const [first] = read
  if (first === undefined) return new Set()
  const { kind } = first.card.card
  writePlace(writer, log, kind, first.batch.at, first.batch.before)
  const waited = new Set(
    writer.column<string>(
      "SELECT DISTINCT operation ->> 'kind' FROM team_waiting WHERE log = ? AND counts = 1 AND journal_seq IS NOT NULL",
      [log],
    ),
  )
  const taking: Taking = {
    placed: new Set(),
    ended: new Set(),
    reviews: new Set(),
    operations: [],
    priced: [],
    rows: [],
  }
  const verdicts = openVerdicts(writer, log, kind, first.batch.at)
  for (const one of read) {
    storeBatch(writer, one)
    const needsApproval = one.card.card.approvals
    for (const [part, { op, hash, noEffect, blobs }] of one.operations.entries()) {
      const place = toPlace(one.batch.at, part)
      const seen = findPlaceOf(writer, log, op.on)
      const placed = { op, hash, member: one.member, device: one.batch.device, place, seen }
      const reason = noEffect ?? verdicts.judge(placed, needsApproval)
      takeOperation(writer, { log, kind, batch: one, placed, reason, blobs }, taking)
    }
  }
  const last = read.at(-1) ?? first
  verdicts.keep(last.batch.at + 1)
  writePlace(writer, log, kind, last.batch.at + 1, last.batch.head)
  appendRows(writer, log, taking)
  for (const op of reviewWaiting(writer, log, now)) endOperation(taking, op)
  return settle(writer, log, waited, taking)
}

interface TakenOperation {
  readonly log: string
  readonly kind: Card['kind']
  readonly batch: ReadBatch
  readonly placed: PlacedOp
  readonly reason: NoEffectReason | null
  readonly blobs: readonly Uint8Array[]
}

function takeOperation(writer: Writer, taken: TakenOperation, taking: Taking): void {
  const { log, kind, batch, placed, reason, blobs } = taken
  const { op, member } = placed
  const decided = batch.isOwn ? removeWaiting(writer, op.uid) : null
  storeOperation(writer, taken, decided?.seq ?? null)
  if (reason === null) noteTopics(writer, log, kind, placed)
  const review = findReviewUid(op)
  if (decided !== null) {
    if (reason !== null && decided.seq !== null) endOperation(taking, op)
    else if (review !== null) taking.reviews.add(review)
    return
  }
  if (reason !== null) return
  const authored = { log, client: kind === 'client' ? log : null, member, op }
  if (op.kind === READING) {
    if (waitsLater(writer, log, op)) return
    if (carryOutReading(writer, authored, blobs)?.as === 'applied') taking.placed.add(READING)
    return
  }
  const operation = toOperation(writer, authored)
  const entry = operation === null ? null : carryOut(writer, operation, blobs)
  if (operation === null || entry === null) return
  if (review !== null) taking.reviews.add(review)
  taking.placed.add(operation.kind)
  taking.operations.push(operation)
  taking.priced.push(op)
  taking.rows.push({ entry, place: placed.place })
}

/** Notes that an operation that was decided here began to count, or ceased to. */
function endOperation({ ended, reviews, priced }: Taking, op: Op): void {
  const review = findReviewUid(op)
  if (review === null) ended.add(op.kind)
  else reviews.add(review)
  priced.push(op)
}

/** Whether a reading of this device that began later waits: it shows the connection after the one that is read. */
function waitsLater(writer: Writer, log: string, { body }: Op): boolean {
  const sql = `SELECT 1 FROM team_waiting WHERE log = ? AND operation ->> 'kind' = '${READING}'
    AND operation ->> '$.body.connectionUid' = ? AND operation ->> '$.body.began' >= ? LIMIT 1`
  return writer.value(sql, [log, String(body['connectionUid']), Number(body['began'])]) !== undefined
}

function appendRows(writer: Writer, log: string, { rows }: Taking): void {
  if (rows.length === 0) return
  let seq =
    journalAll(
      writer,
      rows.map(({ entry }) => entry),
    ) - rows.length
  for (const { place } of rows) {
    seq += 1
    writer.run('UPDATE team_operation SET journal_seq = ? WHERE log = ? AND place = ?', [seq, log, place])
  }
}

/** Makes tables what counts shows, where something was placed before what had been carried out here. */
function settle(
  writer: Writer,
  log: string,
  waited: ReadonlySet<string>,
  { placed, ended, reviews, operations, priced }: Taking,
): ReadonlySet<Area> {
  const hasRead = placed.has(READING)
  rebase(writer, { waited, placed, ended: hasRead ? new Set([...ended, ...ABOUT_FACTS]) : ended })
  settleAcceptances(writer, operations)
  settleKeys(writer, operations)
  settleReviews(writer, reviews, hasRead || placed.has('connection.added'))
  noteChangedPrices(writer, log, priced)
  return new Set([...placed, ...ended].flatMap((one) => (isKind(one) ? OPERATIONS[one].areas : READING_AREAS)))
}

/**
 * Places operations of this device that waited, where nothing of others came between: they keep their rows, and nothing is folded. One that has no
 * effect after all leaves the tables. Returns what the window reads again.
 */
export function placeOwn(
  writer: Writer,
  batch: PlacedBatch,
  card: HeldCard,
  ops: readonly Op[],
  hashes: readonly Uint8Array[],
): ReadonlySet<Area> {
  const { log, at, device } = batch
  const { kind, approvals } = card.card
  const member = findPerson(card.card, device)?.member ?? ''
  const verdicts = openVerdicts(writer, log, kind, at)
  const read: ReadBatch = { batch, member, isOwn: true, noEffect: null, operations: [], state: null, card }
  const ended: Op[] = []
  storeBatch(writer, read)
  const hasCounted = (uid: string): boolean => hasOperation(writer, log, uid)
  for (const [part, op] of ops.entries()) {
    const waiting = removeWaiting(writer, op.uid)
    const hash = hashes[part]
    if (waiting === null || hash === undefined) throw new Error(`What was placed does not wait here: ${op.uid}.`)
    const placed = { op, hash, member, device, place: toPlace(at, part), seen: findPlaceOf(writer, log, op.on) }
    const reason = judgeOperation({ log, card: card.card, hasCounted }, batch, op) ?? verdicts.judge(placed, approvals)
    storeOperation(writer, { log, kind, batch: read, placed, reason, blobs: [] }, waiting.seq)
    if (reason === null) noteTopics(writer, log, kind, placed)
    else if (waiting.seq !== null) ended.push(op)
  }
  verdicts.keep(at + 1)
  writePlace(writer, log, kind, at + 1, batch.head)
  return settleOperations(writer, log, ended)
}

interface Waited {
  readonly seq: number | null
}

/** What was decided here and is placed now; null when it is not known here, as in a register that was restored from a backup. */
function removeWaiting(writer: Writer, uid: string): Waited | null {
  const row = writer.get<Waited>('SELECT journal_seq AS seq FROM team_waiting WHERE uid = ?', [uid])
  if (row === undefined) return null
  writer.run('DELETE FROM team_waiting WHERE uid = ?', [uid])
  writer.run('DELETE FROM team_bytes WHERE uid = ?', [uid])
  return row
}

/** Whether an operation with a uid counts in a log. */
export function hasOperation(reader: Reader, log: string, uid: string): boolean {
  const sql = 'SELECT 1 FROM team_operation WHERE log = ? AND uid = ? AND no_effect IS NULL'
  return reader.value(sql, [log, uid]) !== undefined
}

/** The place of the operation with a hash; -1 for none, and for one that does not count here. */
function findPlaceOf(writer: Writer, log: string, on: string | null): number {
  if (on === null) return -1
  const sql = 'SELECT place FROM team_operation WHERE log = ? AND hash = ? AND no_effect IS NULL'
  return writer.value<number>(sql, [log, Buffer.from(on, 'hex')]) ?? -1
}

export function writePlace(writer: Writer, log: string, kind: Card['kind'], next: number, head: Uint8Array): void {
  writer.run(
    `INSERT INTO team_log (log, kind, next, head, is_held) VALUES (:log, :kind, :next, :head, 1)
     ON CONFLICT (log) DO UPDATE SET kind = excluded.kind, next = excluded.next, head = excluded.head, is_held = 1,
       stop_reason = NULL, stop_at = NULL, stop_by = NULL`,
    { log, kind, next, head },
  )
  // What was decided for the agency before its log was known.
  if (kind === 'agency' && next === 0) writer.run('UPDATE team_waiting SET log = ? WHERE log = ?', [log, AGENCY])
}

export function storeCard(writer: Writer, log: string, { at, head, card }: HeldCard): void {
  writer.run('INSERT OR REPLACE INTO team_card (log, at, head, card) VALUES (?, ?, ?, ?)', [
    log,
    at,
    head,
    canonicalJson(card),
  ])
}

function storeBatch(writer: Writer, { batch, member, noEffect, card }: ReadBatch): void {
  const { log, at, before, card: newest, device, class: of, change, box, signature, head, placedBy, placedAt } = batch
  writer.run(
    `INSERT INTO team_batch (log, at, before, card, device, member, class, change, box, signature, head, placed_by, placed_at, no_effect)
     VALUES (:log, :at, :before, :newest, :device, :member, :of, :change, :box, :signature, :head, :placedBy, :placedAt, :noEffect)`,
    { log, at, before, newest, device, member, of, change, box, signature, head, placedBy, placedAt, noEffect },
  )
  if (card.at === at) storeCard(writer, log, card)
}

const INSERT_OPERATION = `INSERT INTO team_operation (log, place, uid, hash, device, member, operation, seen, no_effect, journal_seq, placed_at, clock_ms)
  VALUES (:log, :place, :uid, :hash, :device, :member, :operation, :seen, :reason, :seq, :placedAt, :clockMs)`

function storeOperation(writer: Writer, { log, batch, placed, reason }: TakenOperation, seq: number | null): void {
  const { op, hash, device, member, place, seen } = placed
  const placedAt = findPlacedAt(batch)
  const seenAt =
    seen < 0
      ? null
      : writer.value<number | null>('SELECT placed_at FROM team_operation WHERE log = ? AND place = ?', [log, seen])
  writer.run(INSERT_OPERATION, {
    log,
    place,
    uid: op.uid,
    hash,
    device,
    member,
    operation: canonicalJson(op as Json),
    seen,
    reason,
    seq,
    placedAt,
    clockMs: findClockError({ at: op.at, placedAt, seenAt: seenAt ?? null }),
  })
}

/**
 * When the server placed a batch; null where it does not show that. What a server had lost is restored later, by whichever device holds it: the time
 * counts only where the author's own login placed it.
 */
function findPlacedAt({ batch, card }: ReadBatch): number | null {
  const login = findPerson(card.card, batch.device)?.found.login
  return login === batch.placedBy ? batch.placedAt : null
}
