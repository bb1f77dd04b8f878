import { createHash } from 'node:crypto'

import type { LogKind } from '../../../shared/domain/team-roles.ts'
import type { Op } from '../../../shared/team/op.ts'
import { FOLD_VERSION } from '../../../shared/team/outcome.ts'
import { createLogState, type LogState } from '../../../shared/team/state.ts'
import type { Reader } from '../db/handles.ts'

interface Progress {
  readonly state: LogState
  /** The position and the head up to which operations were taken. */
  readonly next: number
  readonly head: string
  readonly place: number
}

/** Of each register, the logs that were folded last: rows are kept in memory, so only of a few. */
const folded = new WeakMap<Reader, Map<string, Progress>>()
const MOST_LOGS = 20

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex')

interface LogRow {
  readonly kind: LogKind
  readonly next: number
  readonly head: Uint8Array
  /** The head of the position up to which it was folded; null where it was left since. */
  readonly known: Uint8Array | null
}

const LOG = `SELECT l.kind, l.next, l.head, (SELECT b.head FROM team_batch b WHERE b.log = l.log AND b.at = :at) AS known
  FROM team_log l WHERE l.log = :log`

interface OperationRow {
  readonly operation: string
  readonly member: string
  readonly place: number
  readonly seen: number
}

const OPERATIONS = `SELECT operation, member, place, seen FROM team_operation
  WHERE log = ? AND place > ? AND no_effect IS NULL ORDER BY place`

/** The state hash of a log at its head: of what is placed and counts, whatever waits here; null for a log that this register does not have. */
export function readState(reader: Reader, log: string): { readonly fold: number; readonly hash: string } | null {
  const logs = folded.get(reader) ?? new Map<string, Progress>()
  folded.set(reader, logs)
  const before = logs.get(log)
  const row = reader.get<LogRow>(LOG, { log, at: (before?.next ?? 0) - 1 })
  if (row === undefined) return null
  const isContinued = before !== undefined && row.known !== null && toHex(row.known) === before.head
  const state = isContinued ? before.state : createLogState(log, row.kind === 'agency', sha256)
  let place = isContinued ? before.place : -1
  for (const one of reader.iterate<OperationRow>(OPERATIONS, [log, place])) {
    const { kind, at, subject, body } = JSON.parse(one.operation) as Op
    state.take({ kind, at, subject, body, member: one.member, order: one.place, seen: one.seen })
    place = one.place
  }
  const head = toHex(row.head)
  logs.delete(log)
  logs.set(log, { state, next: row.next, head, place })
  for (const [oldest] of logs) if (logs.size > MOST_LOGS) logs.delete(oldest)
  return { fold: FOLD_VERSION, hash: state.hash(row.next, head) }
}

function toHex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex')
}
