import { canonicalJson, type Json } from '../../../shared/domain/canonical-json.ts'
import type { Entry } from '../../../shared/team/entry.ts'
import type { Op } from '../../../shared/team/op.ts'
import type { HeldEntry, Pending, TakenEntry } from '../../../shared/team/store.ts'
import type { VoidReason } from '../../../shared/team/verdict.ts'
import type { WeighedOp } from '../../../shared/team/weigh.ts'
import type { Params } from '../db/handles.ts'

/** An entry as its table has it. */
export interface EntryRow extends Entry {
  readonly member: string | null
  readonly voidReason: VoidReason | null
  /** Canonical JSON, whose SHA-256 is `opHash`; null for a void one that was neither decided nor read here. */
  readonly operation: string | null
  readonly journalSeq: number | null
  /** When the server placed it, by its clock, in milliseconds; null where that is not known. */
  readonly placedAt: number | null
  /** By how many milliseconds its author's clock is known to have been ahead, negative behind; null where it is not known to be wrong. */
  readonly clockMs: number | null
}

/** The columns of an entry `e`, by the names of its fields. */
export const ENTRY_COLUMNS = `e.stream, e.seq, e.op, e.device, e.device_seq AS deviceSeq, e.generation, e.opset, e.team_seq AS teamSeq,
  e.op_hash AS opHash, e.signature, e.sealed, e.member, e.void_reason AS voidReason, e.operation, e.journal_seq AS journalSeq,
  e.placed_at AS placedAt, e.clock_ms AS clockMs`

export const INSERT_ENTRY = `INSERT INTO team_entry (stream, seq, op, device, device_seq, generation, opset, team_seq, op_hash, signature, sealed,
    is_counted, member, void_reason, operation, journal_seq, placed_at, clock_ms)
  VALUES (:stream, :seq, :op, :device, :deviceSeq, :generation, :opset, :teamSeq, :opHash, :signature, :sealed,
    :isCounted, :member, :voidReason, :operation, :journalSeq, :placedAt, :clockMs)`

export function toHeld(row: EntryRow): HeldEntry {
  const { member, voidReason, operation } = row
  const entry = toEntry(row)
  if (voidReason !== null) {
    const verdict = { kind: 'void', reason: voidReason } as const
    return operation === null ? { entry, verdict } : { entry, verdict, opened: parseOp(operation) }
  }
  return { entry, verdict: { kind: 'effective', op: parseOp(operation ?? ''), member: member ?? '' } }
}

/** An entry with effect, without what was signed and sealed. */
export interface EffectiveRow {
  readonly seq: number
  readonly member: string
  readonly operation: string
}

/** Those of a stream, in order, of some kinds (JSON). */
export const EFFECTIVE = `SELECT e.seq, e.member, e.operation FROM team_entry e INDEXED BY team_entry_kind
  WHERE e.stream = :stream AND e.void_reason IS NULL AND e.operation ->> 'kind' IN (SELECT value FROM json_each(:kinds))
  ORDER BY e.seq`

export function toWeighed({ seq, member, operation }: EffectiveRow): WeighedOp {
  return { seq, member, op: parseOp(operation), needsApproval: false }
}

/** What a register knows of an entry beside the entry and its verdict. */
type Known = Pick<EntryRow, 'operation' | 'journalSeq' | 'placedAt' | 'clockMs'>

export function toParams({ entry, verdict, isCounted }: TakenEntry, known: Known): Params {
  const isEffective = verdict.kind === 'effective'
  return {
    ...toEntry(entry),
    isCounted: isCounted ? 1 : 0,
    member: isEffective ? verdict.member : null,
    voidReason: isEffective ? null : verdict.reason,
    ...known,
  }
}

/**
 * The operation of an entry as text; null for a void one of which it was not read. `decided`: that of one that was decided here, as it
 * waited: without the names of its blobs.
 */
export function toOperationText({ verdict, opened }: TakenEntry, decided: string | null): string | null {
  if (verdict.kind === 'effective') return toText(verdict.op)
  return opened === undefined ? decided : toText(opened)
}

/** The entry alone: the server's entries have more, which decides nothing. */
function toEntry({ stream, seq, op, device, deviceSeq, generation, opset, teamSeq, opHash, signature, sealed }: Entry) {
  return { stream, seq, op, device, deviceSeq, generation, opset, teamSeq, opHash, signature, sealed }
}

export function toText(op: Op): string {
  return canonicalJson(op as Json)
}

/** An operation that waits, as its table has it. */
export interface PendingRow {
  readonly op: string
  readonly operation: string
  readonly job: string | null
  readonly token: number | null
}

export function toPending({ op, operation, job, token }: PendingRow): Pending {
  const pending = { uid: op, op: parseOp(operation) }
  return job === null || token === null ? pending : { ...pending, lease: { job, token } }
}

/** Its schema was checked before it was stored. */
export function parseOp(text: string): Op {
  return JSON.parse(text) as Op
}
