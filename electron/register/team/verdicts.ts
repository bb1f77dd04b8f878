import { findUnseen, type LastAbout, listSeen, listTopics, usesOn } from '../../../shared/decisions/topics.ts'
import type { LogKind } from '../../../shared/domain/team-roles.ts'
import type { Op } from '../../../shared/team/op.ts'
import type { NoEffectReason } from '../../../shared/team/outcome.ts'
import { createPreconditions, hasPrecondition, type Preconditions } from '../../../shared/team/preconditions.ts'
import type { Reader, Writer } from '../db/handles.ts'

/** An operation at its place in a log. `hash`: 32 bytes. */
export interface PlacedOp {
  readonly op: Op
  readonly hash: Uint8Array
  readonly member: string
  readonly device: string
  readonly place: number
  /** The place of the operation that `on` names; -1 for none, and for one that does not count. */
  readonly seen: number
}

/** The verdicts of one log, in the order of its operations. */
export interface Verdicts {
  /** Why an operation has no effect by what was placed before it; null where it counts. To be asked once for each, in order. */
  judge(placed: PlacedOp, needsApproval: boolean): NoEffectReason | null
  /** Keeps what was folded for the position after what was taken. */
  keep(next: number): void
}

interface Folded {
  readonly next: number
  readonly preconditions: Preconditions
}

/** The folds of each register's logs up to where they were read; one that a transaction left ahead is not used. */
const folded = new WeakMap<Reader, Map<string, Folded>>()

/** Forgets what was folded, after a transaction that failed. */
export function forgetFolds(reader: Reader): void {
  folded.delete(reader)
}

/** `next`: the position that is read next. */
export function openVerdicts(reader: Reader, log: string, kind: LogKind, next: number): Verdicts {
  const known = folded.get(reader)?.get(log)
  const preconditions = known?.next === next ? known.preconditions : foldPlaced(reader, log)
  folded.get(reader)?.delete(log)
  const isAgency = kind === 'agency'
  return {
    judge: ({ op, hash, member, device, place, seen }, needsApproval) => {
      if (restsOnNothing(reader, log, op)) return 'rests-on-no-effect'
      if (op.kind === 'reading.taken') return isLate(reader, log, op, seen) ? 'precondition' : null
      if (hasPrecondition(op.kind))
        return preconditions.take(toPlaced({ op, hash, member, device, place, seen }, needsApproval))?.reason ?? null
      const asking = { kind: op.kind, body: op.body, member, onOrder: seen < 0 ? null : seen, isAgency }
      return findUnseen(asking, (topic) => findLast(reader, log, topic)) === null ? null : 'decided-meanwhile'
    },
    keep: (after) => {
      const ofReader = folded.get(reader) ?? new Map<string, Folded>()
      ofReader.set(log, { next: after, preconditions })
      folded.set(reader, ofReader)
    },
  }
}

interface CountingOp {
  readonly operation: string
  readonly hash: Uint8Array
  readonly member: string
  readonly device: string
  readonly place: number
  readonly seen: number
}

const OF_KINDS = `SELECT operation, hash, member, device, place, seen FROM team_operation INDEXED BY team_operation_kind
  WHERE log = :log AND no_effect IS NULL AND operation ->> 'kind' >= :from AND operation ->> 'kind' < :to`
const COUNTING = `${OF_KINDS.replace(':from', ':review').replace(':to', ':reviewEnd')}
  UNION ALL ${OF_KINDS.replace(':from', ':change').replace(':to', ':changeEnd')} ORDER BY place`

/** Reviews and changes of a log as all that counts in it shows them. */
export function foldPlaced(reader: Reader, log: string): Preconditions {
  const preconditions = createPreconditions(log)
  const bounds = { review: 'review.', reviewEnd: 'review/', change: 'remediation.', changeEnd: 'remediation/' }
  for (const { operation, ...placed } of reader.iterate<CountingOp>(COUNTING, { log, ...bounds })) {
    // Whether an approval was asked for was decided where it was placed: it counts.
    preconditions.take(toPlaced({ ...placed, op: JSON.parse(operation) as Op }, false))
  }
  return preconditions
}

export function toPlaced({ op, hash, member, device, place }: PlacedOp, needsApproval: boolean) {
  const { kind, body, on } = op
  return { kind, body, on, hash: Buffer.from(hash).toString('hex'), member, device, order: place, needsApproval }
}

/** True if `on` names an operation of the log that has no effect: its author had in sight what does not count. */
function restsOnNothing(reader: Reader, log: string, { kind, on }: Op): boolean {
  if (on === null || !usesOn(kind)) return false
  const rows = reader.column<string | null>(
    'SELECT no_effect FROM team_operation WHERE log = ? AND hash = ? AND place >= 0',
    [log, Buffer.from(on, 'hex')],
  )
  return rows.length > 0 && !rows.includes(null)
}

/** Whether a reading is older than one that was placed after what its author had read of the connection. */
function isLate(reader: Reader, log: string, { body }: Op, seen: number): boolean {
  return (
    reader.value(LATER, { log, seen, connection: String(body['connectionUid']), began: Number(body['began']) }) !==
    undefined
  )
}

const LATER = `SELECT 1 FROM team_operation INDEXED BY team_operation_kind
  WHERE log = :log AND operation ->> 'kind' = 'reading.taken' AND no_effect IS NULL AND place > :seen
    AND operation ->> '$.body.connectionUid' = :connection AND operation ->> '$.body.began' > :began LIMIT 1`

interface TopicRow {
  readonly hash: Uint8Array
  readonly place: number
  readonly member: string
  readonly value: string
}

export function findLast(reader: Reader, log: string, topic: string): LastAbout | null {
  const row = reader.get<TopicRow>('SELECT hash, place, member, value FROM team_topic WHERE log = ? AND topic = ?', [
    log,
    topic,
  ])
  if (row === undefined) return null
  const { hash, place: order, member, value } = row
  return { hash: Buffer.from(hash).toString('hex'), order, member, value }
}

/** Notes that an operation that counts is the last about its subjects. */
export function noteTopics(writer: Writer, log: string, kind: LogKind, { op, hash, place, member }: PlacedOp): void {
  if (!usesOn(op.kind)) return
  for (const { name, value } of listTopics(op, kind === 'agency')) {
    writer.run(
      `INSERT INTO team_topic (log, topic, hash, place, member, value) VALUES (:log, :name, :hash, :place, :member, :value)
       ON CONFLICT (log, topic) DO UPDATE SET hash = excluded.hash, place = excluded.place, member = excluded.member, value = excluded.value`,
      { log, name, hash, place, member, value },
    )
  }
}

/** The hash in hex, and the place, of the operation about the subjects of a decision that this register had in sight; null for none. */
export function findSeen(
  reader: Reader,
  log: string,
  decided: Pick<Op, 'kind' | 'body'>,
  isAgency: boolean,
): { readonly on: string; readonly seen: number } | null {
  if (!usesOn(decided.kind)) return null
  const names = listSeen(decided, isAgency)
  const last = names.flatMap((name) => findLast(reader, log, name) ?? []).toSorted((a, b) => b.order - a.order)[0]
  return last === undefined ? null : { on: last.hash, seen: last.order }
}
