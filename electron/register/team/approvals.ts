import type { Approval } from '../../../shared/domain/remediation/approval.ts'
import type { TeamBody } from '../../../shared/team/operations.ts'
import type { Reader, Writer } from '../db/handles.ts'
import { findOwnMember } from './own-member.ts'

/** What a row about all clients is named. */
const ALL = '*'

/** Notes that the team decided whether changes of a client, or of all, need a second member's approval. */
export function noteRequired(writer: Writer, { clientUid, required }: TeamBody<'approvals.required'>): void {
  // The last word about all clients ends those about single ones.
  if (clientUid === null) writer.run('DELETE FROM team_approval')
  writer.run('INSERT OR REPLACE INTO team_approval (client, required) VALUES (?, ?)', [
    clientUid ?? ALL,
    required ? 1 : 0,
  ])
}

/** Whether changes of a client need a second member's approval, as far as this register has read the team. */
export function needsApproval(reader: Reader, clientUid: string): boolean {
  const find = (client: string): number | undefined =>
    reader.value<number>('SELECT required FROM team_approval WHERE client = ?', [client])
  return (find(clientUid) ?? find(ALL) ?? 0) === 1
}

/** Who added a change in the team, by uid, and the approvals of it that count. */
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
}

/** `uids`: all that name the change, its own first. Null where it was added before the register belonged to the team. */
export function findTeamChange(reader: Reader, uids: readonly string[]): TeamChange | null {
  const own = findOwnMember(reader) ?? ''
  const rows = reader.all<Row>(OF_CHANGE, { uids: JSON.stringify(uids) })
  const added = rows.find(({ kind, uid }) => kind === 'remediation.added' && uid === uids[0])
  if (added === undefined) return null
  const approvals = rows.flatMap(({ kind, member, at, calls }) =>
    kind === 'remediation.approved' && calls !== null ? [{ member: member ?? own, at, calls }] : [],
  )
  return { adder: added.member ?? own, approvals }
}

const COLUMNS = (
  of: string,
): string => `${of}.operation ->> 'kind' AS kind, ${of}.operation ->> '$.body.remediationUid' AS uid,
  ${of}.operation ->> 'at' AS at, ${of}.operation ->> '$.body.calls' AS calls`

/** What is placed, and then what waits, which is that of the member at this device. */
export const OF_CHANGE = `SELECT ${COLUMNS('e')}, e.member FROM json_each(:uids) u
    JOIN team_entry e INDEXED BY team_entry_of_change ON e.operation ->> '$.body.remediationUid' = u.value AND e.void_reason IS NULL
  UNION ALL SELECT ${COLUMNS('p')}, NULL FROM team_pending p
  WHERE p.void_reason IS NULL AND p.operation ->> '$.body.remediationUid' IN (SELECT value FROM json_each(:uids))`

/** The entry of a sending that was decided here at a time; null while it is not placed. */
export function findSendingEntry(
  reader: Reader,
  { remediationUid, at }: { readonly remediationUid: string; readonly at: number },
): { readonly voidReason: string | null } | null {
  return reader.get<{ readonly voidReason: string | null }>(SENDING_ENTRY, { remediationUid, at }) ?? null
}

const SENDING_ENTRY = `SELECT e.void_reason AS voidReason FROM team_entry e INDEXED BY team_entry_of_change
  WHERE e.operation ->> '$.body.remediationUid' = :remediationUid AND e.operation ->> 'kind' = 'remediation.sending' AND e.operation ->> 'at' = :at
    AND e.device = (SELECT m.value ->> '$.device' FROM meta m WHERE m.key = 'team')
  ORDER BY e.seq DESC LIMIT 1`
