import Sqlite from 'better-sqlite3'

import { removeLocalFields } from '../../../shared/decisions/local.ts'
import { isKind, OPERATIONS, type Operation } from '../../../shared/decisions/operations.ts'
import type { ReadingTaken } from '../../../shared/decisions/readings.ts'
import { findStream, type Membership } from '../../../shared/team/membership.ts'
import type { Op } from '../../../shared/team/op.ts'
import { isExchanged } from '../../../shared/team/rights.ts'
import type { HeldEntry, TakenEntry } from '../../../shared/team/store.ts'
import { findFreeSlug } from '../clients/client.ts'
import type { Writer } from '../db/handles.ts'
import type { JournalEntry } from '../db/journal.ts'
import { settleDecision } from '../rows/settle.ts'
import { gatherPieces } from './carry-out-reading.ts'
import { enterReview, isOfReview } from './take-review.ts'

/** What of an entry its effect follows from. */
type Effective = Pick<HeldEntry, 'entry' | 'verdict'> & Pick<TakenEntry, 'blobs'>

/**
 * The operation that an effective entry is in this register; null for an entry of `team`, for one without effect, and for one
 * about a client that this register does not have.
 */
export function toOperation(writer: Writer, { entry, verdict }: Effective, membership: Membership): Operation | null {
  if (verdict.kind === 'void') return null
  const use = findStream(membership, entry.stream)
  if (use === null) return null
  const { op, member } = verdict
  const { kind } = op
  if (!isKind(kind) || !isExchanged(kind)) return null
  const client = use.kind === 'agency' ? null : findSlug(writer, use.scope, op)
  if (client === undefined) return null
  return {
    kind,
    at: op.at,
    operator: findName(membership, member),
    client,
    subject: op.subject,
    body: OPERATIONS[kind].body.parse(removeLocalFields(kind, op.body)),
  } as Operation
}

/**
 * The slug of a stream's client here; undefined where this register does not have the client and the operation does not add it, or
 * adds it again.
 */
function findSlug(writer: Writer, uid: string, { kind, slug }: Op): string | undefined {
  const known = writer.value<string>('SELECT slug FROM client WHERE uid = ?', [uid])
  if (kind !== 'client.added') return known
  if (known === undefined) return findFreeSlug(writer, slug ?? 'client')
  return writer.value(IS_ADDED, [known]) === undefined ? known : undefined
}

/** Whether an operation that counts has added a client; not where it lost its effect. */
const IS_ADDED = `SELECT 1 FROM journal j LEFT JOIN team_entry e ON e.journal_seq = j.seq
  WHERE j.action = 'client.added' AND j.client = ? AND e.void_reason IS NULL LIMIT 1`

/**
 * The row of the journal of an operation that was carried out; null for one that contradicts what the tables hold, such as
 * a uid that another row has: it has no effect, and the entries after it are read.
 */
export function carryOut(writer: Writer, operation: Operation, blobs: readonly Uint8Array[]): JournalEntry | null {
  const { kind: action, at, operator, client, subject } = operation
  const { pieces = [], ...body } = operation.body as typeof operation.body & Partial<Pick<ReadingTaken, 'pieces'>>
  const numbers = tryTo(writer, () =>
    isOfReview(operation)
      ? enterReview(writer, operation, gatherPieces({ pieces }, blobs))
      : settleDecision(writer, operation),
  )
  if (numbers === null) return null
  return { action, at, operator, client, subject, body: { ...(body as JournalEntry['body']), ...numbers } }
}

/** Null for work that contradicts what the tables hold: then nothing of it is written. */
export function tryTo<T>(writer: Writer, work: () => T): T | null {
  writer.run('SAVEPOINT carried')
  try {
    return work()
  } catch (error) {
    if (!isContradiction(error)) throw error
    writer.run('ROLLBACK TO carried')
    return null
  } finally {
    writer.run('RELEASE carried')
  }
}

function isContradiction(error: unknown): boolean {
  return error instanceof Sqlite.SqliteError && error.code.startsWith('SQLITE_CONSTRAINT')
}

export function findName({ members }: Membership, member: string): string {
  return members.get(member)?.name ?? member
}
