import Sqlite from 'better-sqlite3'

import { removeLocalFields } from '../../../shared/decisions/local.ts'
import { isKind, OPERATIONS, type Operation } from '../../../shared/decisions/operations.ts'
import { type ReadingTaken, READING_OPERATIONS } from '../../../shared/decisions/readings.ts'
import type { Op } from '../../../shared/team/op.ts'
import { isExchanged } from '../../../shared/team/rights.ts'
import { ReadingUnreadable } from '../apply/reading-bytes.ts'
import { joinReading } from '../apply/reading-pieces.ts'
import { takeReading, type TakenAs } from '../apply/take-reading.ts'
import { findFreeSlug } from '../clients/client.ts'
import type { Reader, Writer } from '../db/handles.ts'
import type { JournalEntry } from '../db/journal.ts'
import { settleDecision } from '../rows/settle.ts'
import { settleReading } from './keys.ts'
import { findName } from './logs.ts'
import { enterReview, isOfReview } from './take-review.ts'

/** An operation of a log, by its author. `client`: null in the log of the agency. */
export interface Authored {
  readonly log: string
  readonly client: string | null
  readonly member: string
  readonly op: Op
}

/** The operation in this register; null for a kind that changes no table, and for one about a client that this register does not have. */
export function toOperation(writer: Writer, { log, client: uid, member, op }: Authored): Operation | null {
  const { kind } = op
  if (!isKind(kind) || !isExchanged(kind)) return null
  const client = uid === null ? null : findSlug(writer, uid, op)
  if (client === undefined || namesOthers(writer, uid, op)) return null
  return {
    kind,
    at: op.at,
    operator: findName(writer, log, member),
    client,
    subject: op.subject,
    body: OPERATIONS[kind].body.parse(removeLocalFields(kind, op.body)),
  } as Operation
}

/** The slug of a log's client here; undefined where this register does not have the client, or the operation adds it again. */
function findSlug(writer: Writer, uid: string, { kind, slug }: Op): string | undefined {
  const known = writer.value<string>('SELECT slug FROM client WHERE uid = ?', [uid])
  if (kind !== 'client.added') return known
  if (known === undefined) return findFreeSlug(writer, slug ?? 'client')
  return writer.value(IS_ADDED, [known]) === undefined ? known : undefined
}

/** Whether an operation that counts has added a client. */
const IS_ADDED = `SELECT 1 FROM journal j LEFT JOIN team_operation o ON o.journal_seq = j.seq LEFT JOIN team_waiting w ON w.journal_seq = j.seq
  WHERE j.action = 'client.added' AND j.client = ? AND o.no_effect IS NULL AND w.counts IS NOT 0 LIMIT 1`

/**
 * Whether an operation names a row of another client by its uid. A name is the pair of client and uid: a member of one client changes nothing of
 * another one, whatever uid they write.
 */
function namesOthers(reader: Reader, client: string | null, { body }: Op): boolean {
  const uids = listUids(body)
  return uids.length > 0 && reader.value(OF_OTHERS, { client, uids: JSON.stringify(uids) }) !== undefined
}

const ROWS = [
  'SELECT n.uid, n.client_id FROM connection n',
  'SELECT p.uid, p.client_id FROM plan p',
  'SELECT v.uid, p.client_id FROM plan_version v JOIN plan p ON p.id = v.plan_id',
  'SELECT r.uid, r.client_id FROM review r',
  'SELECT b.uid, r.client_id FROM review_batch b JOIN review r ON r.id = b.review_id',
  'SELECT r.uid, n.client_id FROM remediation r JOIN connection n ON n.id = r.connection_id',
  'SELECT y.uid, n.client_id FROM sync y JOIN connection n ON n.id = y.connection_id',
]
const OF_OTHERS = ROWS.map(
  (rows) => `SELECT 1 FROM (${rows}) x JOIN client c ON c.id = x.client_id
    WHERE x.uid IN (SELECT value FROM json_each(:uids)) AND c.uid IS NOT :client`,
).join(' UNION ALL ')

const UID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/u

function listUids(value: unknown): readonly string[] {
  if (typeof value === 'string') return UID.test(value) ? [value] : []
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([field, member]) => (field === 'pieces' ? [] : listUids(member)))
}

/**
 * The row of the journal of an operation that was carried out; null for one that contradicts what the tables hold: it changes nothing, and what
 * follows it is read.
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
function tryTo<T>(writer: Writer, work: () => T): T | null {
  writer.run('SAVEPOINT carried')
  try {
    return work()
  } catch (error) {
    if (!(error instanceof Sqlite.SqliteError && error.code.startsWith('SQLITE_CONSTRAINT'))) throw error
    writer.run('ROLLBACK TO carried')
    return null
  } finally {
    writer.run('RELEASE carried')
  }
}

/** Carries out the reading of another device. One whose bytes are not a reading, or not the one that it names, changes nothing in any register. */
export function carryOutReading(
  writer: Writer,
  { log, client, member, op }: Authored,
  blobs: readonly Uint8Array[],
): TakenAs | null {
  const body = READING_OPERATIONS['reading.taken'].body.parse(op.body)
  const owner = writer.value<string>(
    'SELECT c.uid FROM connection n JOIN client c ON c.id = n.client_id WHERE n.uid = ?',
    [body.connectionUid],
  )
  if (owner !== undefined && owner !== client) return null
  return tryTo(writer, () => {
    try {
      const bytes = joinReading(body, gatherPieces(body, blobs))
      return takeReading(writer, { operator: findName(writer, log, member), body }, bytes, settleReading)
    } catch (error) {
      if (!(error instanceof ReadingUnreadable)) throw error
      return null
    }
  })
}

/** The pieces in their order: those in the operation, and those beside the log. */
export function gatherPieces(
  { pieces }: Pick<ReadingTaken, 'pieces'>,
  blobs: readonly Uint8Array[],
): readonly Uint8Array[] {
  const named = blobs.values()
  return pieces.map((piece) =>
    'inline' in piece ? Buffer.from(piece.inline, 'base64') : (named.next().value ?? new Uint8Array()),
  )
}
