import type { Approval } from '../../../shared/domain/remediation/approval.ts'
import type { Reader } from '../db/handles.ts'
import { findOwnMember } from './place.ts'

/** Who added a change in the team, by uid, and the approvals of it that count and that no sending has used. */
export interface TeamChange {
  readonly adder: string
  readonly approvals: readonly (Approval & { readonly member: string })[]
}

interface Row {
  readonly kind: string
  readonly uid: string
  readonly member: string | null
  readonly at: number
  readonly calls: string | null
  readonly hash: string | null
  readonly usedBy: string | null
}

/** `uids`: all that name the change, its own first. Null where it was added before the register belonged to the team. */
export function findTeamChange(reader: Reader, uids: readonly string[]): TeamChange | null {
  const own = findOwnMember(reader) ?? ''
  const rows = reader.all<Row>(OF_CHANGE, { uids: JSON.stringify(uids) })
  const added = rows.find(({ kind, uid }) => kind === 'remediation.added' && uid === uids[0])
  if (added === undefined) return null
  const used = new Set(rows.flatMap(({ kind, usedBy }) => (kind === 'remediation.sending' ? (usedBy ?? []) : [])))
  const approvals = rows.flatMap(({ kind, member, at, calls, hash }) =>
    kind === 'remediation.approved' && calls !== null && !used.has(hash ?? '')
      ? [{ member: member ?? own, at, calls }]
      : [],
  )
  return { adder: added.member ?? own, approvals }
}

const COLUMNS = (
  of: string,
): string => `${of}.operation ->> 'kind' AS kind, ${of}.operation ->> '$.body.remediationUid' AS uid,
  ${of}.operation ->> 'at' AS at, ${of}.operation ->> '$.body.calls' AS calls, ${of}.operation ->> 'on' AS usedBy`

/** What is placed, and then what waits, which is that of the member at this device. */
export const OF_CHANGE = `SELECT ${COLUMNS('o')}, o.member, lower(hex(o.hash)) AS hash FROM json_each(:uids) u
    JOIN team_operation o INDEXED BY team_operation_of_change ON o.operation ->> '$.body.remediationUid' = u.value AND o.no_effect IS NULL
  UNION ALL SELECT ${COLUMNS('w')}, NULL, NULL FROM team_waiting w
  WHERE w.counts = 1 AND w.operation ->> '$.body.remediationUid' IN (SELECT value FROM json_each(:uids))`

/** What became of a sending that was decided here at a time: null while it is not placed; `noEffect`: why it does not count. */
export function findSending(
  reader: Reader,
  { remediationUid, at }: { readonly remediationUid: string; readonly at: number },
): { readonly noEffect: string | null } | null {
  return reader.get<{ readonly noEffect: string | null }>(SENDING, { remediationUid, at }) ?? null
}

const SENDING = `SELECT o.no_effect AS noEffect FROM team_operation o INDEXED BY team_operation_of_change
  WHERE o.operation ->> '$.body.remediationUid' = :remediationUid AND o.operation ->> 'kind' = 'remediation.sending' AND o.operation ->> 'at' = :at
    AND o.device IN ((SELECT m.value ->> '$.device' FROM meta m WHERE m.key = 'team'), '')
  ORDER BY o.id DESC LIMIT 1`
