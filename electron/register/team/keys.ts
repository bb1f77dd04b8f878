import type { Operation } from '../../../shared/decisions/operations.ts'
import { KEY_OPERATIONS } from '../../../shared/decisions/keys.ts'
import type { IDENTIFIED } from '../../../shared/domain/facts.ts'
import type { Reader, Writer } from '../db/handles.ts'
import { deriveKeys } from '../keys/derive-keys.ts'
import { findLogicalKey, logicalKeyTable, snoozeTable } from '../rows/keys.ts'
import { lastReviewTable } from '../rows/people.ts'
import { planAnswerTable } from '../rows/plans.ts'
import { hasOtherOrder } from '../rows/refer.ts'
import { mendTables } from './rebase.ts'
import { remediationTable } from '../rows/remediation.ts'

const KEY_KINDS = Object.keys(KEY_OPERATIONS)

/** After decisions of others were carried out: derives what follows from those about keys. */
export function settleKeys(writer: Writer, operations: readonly Operation[]): void {
  const named = operations.flatMap((operation) => ('firstKey' in operation.body ? operation.body : []))
  const isLate = named.some((body) => isBeforeRecognized(writer, body) || isBeforeRead(writer, body))
  if (isLate) mendTables(writer, [logicalKeyTable, snoozeTable])
  const logicalKeys = new Set(named.flatMap((body) => findNamed(writer, body) ?? []))
  if (logicalKeys.size > 0) deriveKeys(writer, logicalKeys, true)
}

interface LogicalKeyName {
  readonly connectionUid: string
  readonly firstKey: string
  readonly key: string
  /** Left out of a decision that no sync changes. */
  readonly lastReading?: { readonly syncUid: string } | null
}

/** The logical key that an operation names: by its first key, or by the key itself where this register never read the first one. */
function findNamed(reader: Reader, { connectionUid, firstKey, key }: LogicalKeyName): number | null {
  return findLogicalKey(reader, connectionUid, firstKey) ?? findLogicalKey(reader, connectionUid, key)
}

/** Whether a sync recognized a rotation of the logical key that the author of a decision had not read. */
function isBeforeRecognized(writer: Writer, body: LogicalKeyName): boolean {
  if (body.lastReading === undefined) return false
  const isRecognized = `SELECT 1 FROM rotation r
    WHERE r.logical_key_id = ? AND r.recognized = 1 AND (SELECT min(v.from_sync) FROM key_version v WHERE v.key_id = r.key_id) >
      ifnull((SELECT s.id FROM sync s WHERE s.uid = ?), -1)`
  const of = [findNamed(writer, body), body.lastReading?.syncUid ?? null]
  return writer.value(isRecognized, of) !== undefined
}

/** Whether this register has not read the key of a decision, but its logical key: the day that is set for that follows from it too. */
function isBeforeRead(writer: Writer, body: LogicalKeyName): boolean {
  const isRead = 'SELECT 1 FROM key k JOIN connection n ON n.id = k.connection_id WHERE n.uid = ? AND k.external_id = ?'
  const hasKey = writer.value(isRead, [body.connectionUid, body.key]) !== undefined
  return !hasKey && findNamed(writer, body) !== null
}

const isNew = (of: (typeof IDENTIFIED)[number]): string => `SELECT 1 FROM ${of}_version v WHERE v.from_sync = ?
  AND NOT EXISTS (SELECT 1 FROM ${of}_version o WHERE o.${of}_id = v.${of}_id AND o.from_sync < v.from_sync) LIMIT 1`
export const DECIDED = 'SELECT 1 FROM journal WHERE action IN (SELECT value FROM json_each(?)) LIMIT 1'
const ANSWERED = 'plan.answered'
const DATED = ['access.reviewed', 'access.reviews-imported'] as const

/**
 * After a reading was applied: in a team, decisions about a key, an account or a project may have arrived before the reading that shows it,
 * or before one that shows the successor of a key, and changes at a provider before the reading that shows what they are about.
 */
export function settleReading(writer: Writer, syncId: number): void {
  if (!hasOtherOrder(writer)) return
  addLeftChanges(writer, syncId)
  const hasNew = (of: Parameters<typeof isNew>[0]): boolean => writer.value(isNew(of), [syncId]) !== undefined
  const isDecided = (kinds: readonly string[]): boolean => writer.value(DECIDED, [JSON.stringify(kinds)]) !== undefined
  const [hasKey, hasProject] = [hasNew('key'), hasNew('project')]
  if (hasNew('principal') && isDecided(DATED)) mendTables(writer, [lastReviewTable])
  if (hasKey && isDecided(KEY_KINDS)) mendTables(writer, [logicalKeyTable, snoozeTable])
  if ((hasKey || hasProject) && isDecided([ANSWERED])) mendTables(writer, [planAnswerTable])
}

const LEFT = `SELECT 1 FROM sync y JOIN connection n ON n.id = y.connection_id JOIN client c ON c.id = n.client_id
  JOIN team_operation o INDEXED BY team_operation_kind ON o.log = c.uid AND o.no_effect IS NULL AND o.operation ->> 'kind' = 'remediation.added'
  WHERE y.id = ? AND NOT EXISTS (SELECT 1 FROM remediation r WHERE r.uid = o.operation ->> '$.body.remediationUid')
    AND NOT EXISTS (SELECT 1 FROM remediation r, json_each(r.aliases) a WHERE r.aliases IS NOT NULL AND a.value = o.operation ->> '$.body.remediationUid')
  LIMIT 1`

/**
 * Adds the changes of other members whose subjects this register had not read when their operations came, as they are by now. For after
 * a reading of their client, in its transaction.
 */
function addLeftChanges(writer: Writer, syncId: number): void {
  if (writer.value(LEFT, [syncId]) === undefined) return
  mendTables(writer, [remediationTable])
}
