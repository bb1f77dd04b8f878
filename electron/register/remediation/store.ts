import type { RemediationOrigin } from '../../../shared/contract/remediation.ts'
import type { RemediationAction, RemediationState } from '../../../shared/domain/remediation/remediation.ts'
import { OPEN_STATES } from '../../../shared/domain/remediation/states.ts'
import type { Reader, Writer } from '../db/handles.ts'
import type { RemediationSubjectKind } from './subject.ts'
import { createUid } from '../db/uid.ts'

/** The states in which a change is open, as SQL, and as the index of open changes has them: of the same request, one is at a time. */
export const OPEN = OPEN_STATES.map((state) => `'${state}'`).join(', ')

export interface NewRemediation {
  readonly connectionId: number
  readonly action: RemediationAction
  readonly subject: { readonly kind: RemediationSubjectKind; readonly id: number; readonly name: string }
  /** Canonical JSON. */
  readonly values: string
  /** Null where this register does not have it. */
  readonly origin: RemediationOrigin | null
  /** The origin, named for every register, as canonical JSON. */
  readonly named?: string | undefined
  readonly state: Extract<RemediationState, 'waiting' | 'by-hand'>
  readonly outcome: string | null
  readonly at: number
  readonly by: string
  readonly uid?: string
  /** In a team, the SHA-256 of the requests that it would send, in hex, and these as JSON. */
  readonly calls?: string | undefined
  readonly requests?: string | undefined
}

/** Returns its id. */
export function insertRemediation(writer: Writer, remediation: NewRemediation): number {
  return writer.run(
    `INSERT INTO remedy (connection_id, action, subject_kind, subject_id, subject_name, "values", origin_kind, origin_id,
       origin, state, outcome, added_at, added_by, uid, calls, requests)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    [
      remediation.connectionId,
      remediation.action,
      remediation.subject.kind,
      remediation.subject.id,
      remediation.subject.name,
      remediation.values,
      remediation.origin?.kind ?? null,
      remediation.origin?.id ?? null,
      remediation.named ?? null,
      remediation.state,
      remediation.outcome,
      remediation.at,
      remediation.by,
      remediation.uid ?? createUid(remediation.at),
      remediation.calls ?? null,
      remediation.requests ?? null,
    ],
  ).lastId
}

/** An item by its uid, or by that of another one that was added for the same change; null where this register does not have it. */
export function findByUid(
  reader: Reader,
  uid: string,
): { readonly id: number; readonly state: RemediationState } | null {
  return reader.get<{ readonly id: number; readonly state: RemediationState }>(BY_UID, { uid }) ?? null
}

const BY_UID = `SELECT id, state FROM remedy WHERE uid = :uid
  UNION ALL SELECT r.id, r.state FROM remedy r INDEXED BY remedy_with_aliases
  WHERE r.aliases IS NOT NULL AND :uid IN (SELECT value FROM json_each(r.aliases)) LIMIT 1`

/** All uids that name an item, its own first. */
export function listUids(reader: Reader, id: number): readonly string[] {
  return reader.column<string>(
    `SELECT r.uid FROM remedy r WHERE r.id = :id AND r.uid IS NOT NULL
     UNION ALL SELECT a.value FROM remedy r, json_each(r.aliases) a WHERE r.id = :id`,
    { id },
  )
}

/** Gives an item the uid of another one that was added for the same change. */
export function addAlias(writer: Writer, id: number, uid: string): void {
  const [, ...before] = listUids(writer, id)
  writer.run('UPDATE remedy SET aliases = ? WHERE id = ?', [JSON.stringify([...before, uid].toSorted()), id])
}

/** An approval of an item, as its row has it: by the name of a member, in the order in which they count. */
export interface StoredApproval {
  readonly by: string
  /** Milliseconds since the epoch. */
  readonly at: number
  readonly calls: string
}

export function addApproval(writer: Writer, id: number, approval: StoredApproval): void {
  writer.run("UPDATE remedy SET approvals = json_insert(ifnull(approvals, '[]'), '$[#]', json(?)) WHERE id = ?", [
    JSON.stringify(approval),
    id,
  ])
}

/** True if another open item has the same change request. */
export function isOpenElsewhere(reader: Reader, id: number): boolean {
  return (
    reader.value(
      `SELECT 1 FROM remedy r JOIN remedy o ON o.connection_id = r.connection_id AND o.action = r.action
         AND o.subject_kind = r.subject_kind AND o.subject_id = r.subject_id AND o."values" = r."values"
         AND o.state IN (${OPEN}) AND o.id <> r.id WHERE r.id = ? LIMIT 1`,
      [id],
    ) !== undefined
  )
}

/** The item on the list with the same change request, or null. */
export function isSameRequest(
  reader: Reader,
  request: Pick<NewRemediation, 'connectionId' | 'action' | 'subject' | 'values'>,
): number | null {
  return (
    reader.value<number>(
      `SELECT id FROM remedy WHERE connection_id = ? AND action = ? AND subject_kind = ? AND subject_id = ? AND "values" = ?
         AND state IN (${OPEN})`,
      [request.connectionId, request.action, request.subject.kind, request.subject.id, request.values],
    ) ?? null
  )
}

/** The newest item with the same change request, in any state; null if there never was one. */
export function findLastRequest(
  reader: Reader,
  request: Pick<NewRemediation, 'connectionId' | 'action' | 'subject' | 'values'>,
): number | null {
  return (
    reader.value<number>(
      `SELECT max(id) FROM remedy WHERE subject_kind = ? AND subject_id = ? AND connection_id = ? AND action = ? AND "values" = ?`,
      [request.subject.kind, request.subject.id, request.connectionId, request.action, request.values],
    ) ?? null
  )
}

/** The item on the list with the same action on the same subject, whatever its other values, or null. */
export function findOpenRequest(
  reader: Reader,
  action: RemediationAction,
  subject: { readonly kind: RemediationSubjectKind; readonly id: number },
  projectId: number | null,
): number | null {
  return (
    reader.value<number>(
      `SELECT id FROM remedy WHERE subject_kind = ? AND subject_id = ? AND action = ?
         AND json_extract("values", '$.projectId') IS ? AND state IN (${OPEN}) ORDER BY id DESC LIMIT 1`,
      [subject.kind, subject.id, action, projectId],
    ) ?? null
  )
}

/** Items that this device was about to send, and that have no known response: another device of a team answers for its own. */
export function sendingRemediations(reader: Reader): number[] {
  return reader.column<number>(
    `SELECT r.id FROM remedy r JOIN connection n ON n.id = r.connection_id JOIN client c ON c.id = n.client_id
     WHERE r.state = 'sending' AND NOT EXISTS (SELECT 1 FROM team_entry e WHERE e.stream = c.uid AND e.void_reason IS NULL
         AND e.operation ->> 'kind' = 'remedy.sending' AND (e.operation ->> '$.body.remedyUid' = r.uid
           OR e.operation ->> '$.body.remedyUid' IN (SELECT value FROM json_each(r.aliases))) AND e.operation ->> 'at' = r.sent_at
         AND e.device <> (SELECT m.value ->> '$.device' FROM meta m WHERE m.key = 'team'))
     ORDER BY r.id`,
  )
}

/** Marks an item as about to be sent. */
export function setSending(writer: Writer, id: number, at: number): void {
  writer.run(`UPDATE remedy SET state = 'sending', sent_at = ?, outcome = NULL WHERE id = ?`, [at, id])
}

export interface RemediationEnd {
  readonly state: Exclude<RemediationState, 'sending'>
  readonly outcome: string | null
  /** Null while it has not ended. */
  readonly endedAt: number | null
  /** The provider's id of the key that a rotation made. */
  readonly made?: string | null
}

export function setState(writer: Writer, id: number, end: RemediationEnd): void {
  writer.run(
    'UPDATE remedy SET state = :state, outcome = :outcome, ended_at = :ended, made = ifnull(:made, made) WHERE id = :id',
    { id, state: end.state, outcome: end.outcome, ended: end.endedAt, made: end.made ?? null },
  )
}
