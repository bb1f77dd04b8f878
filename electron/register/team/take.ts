import type { Area } from '../../../shared/contract/app.ts'
import { isKind, OPERATIONS, type Operation } from '../../../shared/decisions/operations.ts'
import { findStream, type Membership } from '../../../shared/team/membership.ts'
import { READING_OPERATIONS } from '../../../shared/decisions/readings.ts'
import type { Op } from '../../../shared/team/op.ts'
import { parseTeamOperation } from '../../../shared/team/operations.ts'
import { EXCHANGED_KINDS, restsOnFacts } from '../../../shared/team/rights.ts'
import type { TakenEntry } from '../../../shared/team/store.ts'
import { isWeighed } from '../../../shared/team/weigh.ts'
import type { Writer } from '../db/handles.ts'
import { journalAll, type JournalEntry } from '../db/journal.ts'
import { noteRequired } from './approvals.ts'
import { forgetBlobs } from './blobs.ts'
import { carryOut, findName, toOperation, tryTo } from './carry-out.ts'
import { carryOutReading } from './carry-out-reading.ts'
import { enterPassed, listReviews } from './enter-passed.ts'
import { INSERT_ENTRY, toOperationText, toParams } from './entry-row.ts'
import { readPlaced } from './placed.ts'
import { settleKeys } from './keys.ts'
import { judgeReadings } from './late-readings.ts'
import { rebase } from './rebase.ts'
import { AGENCY_STREAM, nameFacts, noteFacts } from './streams.ts'
import { noteChangedPrices } from './priced.ts'
import { expectVoids } from './expect-voids.ts'
import { settleAcceptances } from './take-acceptances.ts'
import { findReviewUid, settleReviews } from './take-review.ts'

/** What was decided here, as it waited. */
interface Decided {
  readonly id: number
  readonly operation: string
  readonly kind: string
  readonly journalSeq: number | null
}

/** An entry with what it is in this register. */
interface Stored {
  readonly taken: TakenEntry
  readonly decided: Decided | null
  /** Its row to append to the journal; null where it has one already, and where nothing follows from it here. */
  readonly row: JournalEntry | null
}

/**
 * Stores entries of one stream with their verdicts, and carries out the effective ones that others decided: tables and a
 * row of the journal, as if they were decided here, under the member's name. One that was decided here has its row
 * already. Returns what the window reads again.
 */
export function takeEntries(writer: Writer, entries: readonly TakenEntry[], membership: Membership): ReadonlySet<Area> {
  const waited = listWaitingKinds(writer, entries, membership)
  const placed = new Set<string>()
  const ended = new Set<string>()
  const operations: Operation[] = []
  const reviews = new Set<string>()
  const readings = openReadings(writer, entries[0]?.entry.stream ?? '', membership)
  const stored = entries.map((taken): Stored => {
    const decided = taken.isOwn ? removePending(writer, taken.entry.op) : null
    noteTeam(writer, taken)
    if (readings?.take(taken, decided !== null) === true) placed.add(READING)
    const review = findReviewOf(taken, decided)
    if (review !== null) reviews.add(review)
    if (decided !== null) {
      // What is in no row of the journal describes what this register had before it belonged to a team.
      if (taken.verdict.kind === 'void' && decided.journalSeq !== null) ended.add(decided.kind)
      return { taken, decided, row: null }
    }
    const operation = toOperation(writer, taken, membership)
    if (operation === null) return { taken, decided, row: null }
    placed.add(operation.kind)
    operations.push(operation)
    return { taken, decided, row: carryOut(writer, operation, taken.blobs) }
  })
  const rows = stored.flatMap(({ row }) => row ?? [])
  let seq = rows.length === 0 ? 0 : journalAll(writer, rows) - rows.length
  for (const { taken, decided, row } of stored) {
    if (row !== null) seq += 1
    const journalSeq = row === null ? (decided?.journalSeq ?? null) : seq
    const operation = toOperationText(taken, decided?.operation ?? null)
    const placed = readPlaced(writer, taken, operation, membership)
    writer.run(INSERT_ENTRY, toParams(taken, { operation, journalSeq, ...placed }))
  }
  if (placed.has('client.added')) {
    const stream = entries[0]?.entry.stream ?? ''
    const passed = enterPassed(writer, stream, membership)
    operations.push(...passed)
    // These count before what was carried out.
    for (const { kind } of passed) ended.add(kind)
    for (const review of listReviews(passed)) reviews.add(review)
  }
  const expected = stored.some(isWeighedIn) ? expectVoids(writer, entries[0]?.entry.stream ?? '') : NOTHING
  for (const kind of expected.changes) ended.add(kind)
  // Readings show what others may have decided about before.
  const reordered = { waited, placed, ended: placed.has(READING) ? new Set([...ended, ...ABOUT_FACTS]) : ended }
  rebase(writer, reordered)
  settleAcceptances(writer, operations)
  settleKeys(writer, operations)
  const hasNewSubjects = placed.has(READING) || placed.has('connection.added')
  settleReviews(writer, new Set([...reviews, ...expected.reviews]), hasNewSubjects)
  notePrices(writer, stored, membership)
  const last = stored.findLast(({ decided }) => decided !== null)?.decided
  if (last) forgetBlobs(writer, (JSON.parse(last.operation) as Op).at)
  noteRests(writer, stored, membership)
  return new Set([...placed, ...ended].flatMap((kind) => (isKind(kind) ? OPERATIONS[kind].areas : READING_AREAS)))
}

const NOTHING = { reviews: new Set<string>(), changes: new Set<string>() }

/** Whether an entry may change which of the operations that wait will have an effect. */
function isWeighedIn({ taken: { verdict }, decided }: Stored): boolean {
  return (verdict.kind === 'effective' && isWeighed(verdict.op.kind)) || (decided !== null && isWeighed(decided.kind))
}

/** What others decided about prices, and what was decided here and has no effect. */
function notePrices(writer: Writer, stored: readonly Stored[], membership: Membership): void {
  const use = findStream(membership, stored[0]?.taken.entry.stream ?? '')
  if (use === null || use.kind === 'facts') return
  const ops = stored.flatMap(({ taken: { verdict }, decided }) => {
    if (decided === null) return verdict.kind === 'effective' ? [verdict.op] : []
    return verdict.kind === 'void' ? [JSON.parse(decided.operation) as Op] : []
  })
  const client =
    use.kind === 'agency' ? null : writer.value<string>('SELECT slug FROM client WHERE uid = ?', [use.scope])
  if (client !== undefined) noteChangedPrices(writer, client, ops)
}

/** The review that an entry is about; null for one about another thing, and for a void one of another device. */
function findReviewOf({ verdict }: TakenEntry, decided: Decided | null): string | null {
  const op = verdict.kind === 'effective' ? verdict.op : decided === null ? null : (JSON.parse(decided.operation) as Op)
  return op === null ? null : findReviewUid(op)
}

const READING = 'reading.taken'
/** What may have been decided about something that no reading had shown here. */
const ABOUT_FACTS = EXCHANGED_KINDS.filter(restsOnFacts)
const READING_AREAS = READING_OPERATIONS[READING].areas

/**
 * What was decided here after something that is placed now, in the other stream of its client, may rest on it: a decision on a
 * reading, and a reading on a connection.
 */
function noteRests(writer: Writer, stored: readonly Stored[], membership: Membership): void {
  const use = findStream(membership, stored[0]?.taken.entry.stream ?? '')
  if (use === null || use.kind === 'agency') return
  const [field, name] = use.kind === 'facts' ? ['facts', use.scope] : ['decisions', nameFacts(use.scope)]
  if (writer.value('SELECT 1 FROM team_pending WHERE stream = ? LIMIT 1', [name]) === undefined) return
  for (const { taken, decided } of stored) {
    if (decided === null) continue
    // A reading is placed after its connection, also where that began to wait later (`WAITING`).
    const after = use.kind === 'facts' ? decided.id : 0
    writer.run(
      `UPDATE team_pending SET operation = json_set(operation, '$.${field}', ?)
       WHERE stream = ? AND id > ? AND operation ->> '$.${field}' IS NOT NULL`,
      [taken.entry.seq, name, after],
    )
  }
}

/** Carries out readings of other devices in the stream of a client's facts; null for another stream. */
function openReadings(writer: Writer, stream: string, membership: Membership) {
  const use = findStream(membership, stream)
  if (use?.kind !== 'facts') return null
  const late = judgeReadings(writer, stream, use.scope)
  return {
    /** Whether it changed anything. `isApplied`: it was, when this device read it. */
    take: ({ entry, verdict, blobs }: Pick<TakenEntry, 'entry' | 'verdict' | 'blobs'>, isApplied: boolean): boolean => {
      if (verdict.kind === 'void' || verdict.op.kind !== READING) return false
      if (late.isLate(entry.seq, verdict.op, isApplied) || isApplied) return false
      const operator = findName(membership, verdict.member)
      const taken = tryTo(writer, () => carryOutReading(writer, use.scope, operator, verdict.op, blobs))
      return taken?.as === 'applied'
    },
  }
}

/**
 * Carries out a reading whose connection was not here when its entry was read: its addition had been sealed with a key that is lost, and was
 * placed again later. Returns what the window reads again.
 */
export function takeDueReading(
  writer: Writer,
  taken: Pick<TakenEntry, 'entry' | 'verdict' | 'blobs'>,
  membership: Membership,
): ReadonlySet<Area> {
  if (openReadings(writer, taken.entry.stream, membership)?.take(taken, false) !== true) return new Set()
  const reordered = { waited: new Set<string>(), placed: new Set([READING]), ended: new Set<string>(ABOUT_FACTS) }
  rebase(writer, reordered)
  settleReviews(writer, new Set())
  return new Set(READING_AREAS)
}

/** What the register keeps of the team: the stream of the facts of a client, and whose changes need an approval. */
function noteTeam(writer: Writer, { verdict }: TakenEntry): void {
  if (verdict.kind === 'void') return
  const opened = parseTeamOperation(verdict.op.kind, verdict.op.body)
  if (opened?.kind === 'client.opened') noteFacts(writer, opened.body.clientUid, opened.body.facts)
  if (opened?.kind === 'approvals.required') noteRequired(writer, opened.body)
}

/** The kinds of what was decided here and waits for the stream of entries. */
function listWaitingKinds(writer: Writer, entries: readonly TakenEntry[], membership: Membership): ReadonlySet<string> {
  const stream = entries[0]?.entry.stream ?? ''
  return new Set(
    writer.column<string>(
      "SELECT DISTINCT operation ->> 'kind' FROM team_pending WHERE stream = ? AND journal_seq IS NOT NULL",
      [stream === membership.agency ? AGENCY_STREAM : stream],
    ),
  )
}

/** What was decided here and is placed now; null when it is not known here, as in a register that was restored from a backup. */
function removePending(writer: Writer, op: string): Decided | null {
  const pending = writer.get<Decided>(
    "SELECT id, operation, operation ->> 'kind' AS kind, journal_seq AS journalSeq FROM team_pending WHERE op = ?",
    [op],
  )
  if (pending === undefined) return null
  writer.run('DELETE FROM team_pending WHERE op = ?', [op])
  return pending
}
