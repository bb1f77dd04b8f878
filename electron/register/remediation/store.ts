import type { RemediationOrigin } from '../../../shared/contract/remediation.ts'
import type { RemediationAction, RemediationState } from '../../../shared/domain/remediation/remediation.ts'
import { OPEN_STATES } from '../../../shared/domain/remediation/states.ts'
import type { Reader } from '../db/handles.ts'
import type { RemediationSubjectKind } from './subject.ts'

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

/** An item by its uid, or by that of another one that was added for the same change; null where this register does not have it. */
export function findByUid(
  reader: Reader,
  uid: string,
): { readonly id: number; readonly state: RemediationState } | null {
  return reader.get<{ readonly id: number; readonly state: RemediationState }>(BY_UID, { uid }) ?? null
}

const BY_UID = `SELECT id, state FROM remediation WHERE uid = :uid
  UNION ALL SELECT r.id, r.state FROM remediation r INDEXED BY remediation_with_aliases
  WHERE r.aliases IS NOT NULL AND :uid IN (SELECT value FROM json_each(r.aliases)) LIMIT 1`

/** All uids that name an item, its own first. */
export function listUids(reader: Reader, id: number): readonly string[] {
  return reader.column<string>(
    `SELECT r.uid FROM remediation r WHERE r.id = :id AND r.uid IS NOT NULL
     UNION ALL SELECT a.value FROM remediation r, json_each(r.aliases) a WHERE r.id = :id`,
    { id },
  )
}

/** The item on the list with the same change request, or null. */
export function isSameRequest(
  reader: Reader,
  request: Pick<NewRemediation, 'connectionId' | 'action' | 'subject' | 'values'>,
): number | null {
  return (
    reader.value<number>(
      `SELECT id FROM remediation WHERE connection_id = ? AND action = ? AND subject_kind = ? AND subject_id = ? AND "values" = ?
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
      `SELECT max(id) FROM remediation WHERE subject_kind = ? AND subject_id = ? AND connection_id = ? AND action = ? AND "values" = ?`,
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
      `SELECT id FROM remediation WHERE subject_kind = ? AND subject_id = ? AND action = ?
         AND json_extract("values", '$.projectId') IS ? AND state IN (${OPEN}) ORDER BY id DESC LIMIT 1`,
      [subject.kind, subject.id, action, projectId],
    ) ?? null
  )
}

/** Items that this device was about to send, and that have no known response: another device of a team answers for its own. */
export function sendingRemediations(reader: Reader): number[] {
  return reader.column<number>(
    `SELECT r.id FROM remediation r JOIN connection n ON n.id = r.connection_id JOIN client c ON c.id = n.client_id
     WHERE r.state = 'sending' AND NOT EXISTS (SELECT 1 FROM team_operation o WHERE o.log = c.uid AND o.no_effect IS NULL
         AND o.operation ->> 'kind' = 'remediation.sending' AND (o.operation ->> '$.body.remediationUid' = r.uid
           OR o.operation ->> '$.body.remediationUid' IN (SELECT value FROM json_each(r.aliases))) AND o.operation ->> 'at' = r.sent_at
         AND o.device <> (SELECT m.value ->> '$.device' FROM meta m WHERE m.key = 'team'))
     ORDER BY r.id`,
  )
}
