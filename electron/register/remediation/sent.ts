import type { StoredApproval } from '../../../shared/decisions/remediation.ts'
import { isCurrent } from '../../../shared/domain/remediation/approval.ts'
import type { SentChange } from '../../../shared/report/evidence-changes.ts'
import type { Reader } from '../db/handles.ts'
import { remediationsById } from './list.ts'

/** Changes of the client whose request left, about what the items of a review are, with the position of the item. */
const OF_REVIEW = `SELECT i.position, r.id AS remediationId FROM review_item i
    JOIN remediation r ON r.origin_kind = 'review-item' AND r.origin_id = i.id WHERE i.review_id = :review
  UNION SELECT i.position, r.id FROM review_item i
    JOIN remediation r ON r.subject_kind = iif(i.key_id IS NULL, 'principal', 'key') AND r.subject_id = ifnull(i.key_id, i.principal_id)
      AND r.action IN ('member-remove', 'invite-delete', 'service-account-delete', 'key-delete', 'key-disable')
      AND r.sent_at >= i.decided_at AND r.sent_at <= ifnull(i.closed_at, r.sent_at)
    WHERE i.review_id = :review AND i.decision = 'remove'
  ORDER BY 1, 2`

/** Changes to the accounts, invites and keys that people ever had at a client, and those that were added for these people. */
const OF_PEOPLE = `WITH own AS MATERIALIZED (SELECT p.id, p.person_id, p.external_id, p.connection_id FROM json_each(:people) j
    JOIN principal p ON p.person_id = j.value JOIN connection cn ON cn.id = p.connection_id AND cn.removed_at IS NULL
    JOIN client c ON c.id = cn.client_id AND c.slug = :client)
  SELECT NULL AS position, r.id AS remediationId FROM own o JOIN remediation r ON r.subject_kind = 'principal' AND r.subject_id = o.id
  UNION SELECT NULL, r.id FROM own o JOIN key_history k ON k.owner_external_id = o.external_id AND +k.connection_id = o.connection_id
    JOIN remediation r ON r.subject_kind = 'key' AND r.subject_id = k.id
  UNION SELECT NULL, r.id FROM own o
    JOIN remediation r ON r.origin_kind = 'person' AND r.origin_id = o.person_id AND r.connection_id = o.connection_id
  ORDER BY 2`

interface SentRef {
  readonly position: number | null
  readonly remediationId: number
}

/** The changes that were sent for the items of a review, by the position of their item: those that were added from it, and removals that followed. */
export function listSentOfReview(reader: Reader, review: number): readonly SentChange[] {
  return readSent(reader, reader.all<SentRef>(OF_REVIEW, { review }))
}

/** The changes that were sent to what people had at a client, in the order in which they were added. */
export function listSentOfPeople(reader: Reader, client: string, people: readonly number[]): readonly SentChange[] {
  return readSent(reader, reader.all<SentRef>(OF_PEOPLE, { client, people: JSON.stringify(people) }))
}

interface Step {
  readonly id: number
  readonly sentAt: number
  readonly approvals: string | null
  /** Null for an item without such a row in the audit log. */
  readonly action: 'remediation.sending' | 'remediation.unsent' | null
  readonly at: number
  readonly by: string
  readonly calls: string | null
}

/** The rows of the audit log on the sending of items, in its order. */
const STEPS = `WITH item AS MATERIALIZED (SELECT r.id, r.uid, r.aliases, r.sent_at, r.approvals FROM json_each(:ids) w JOIN remediation r ON r.id = w.value
    WHERE r.sent_at IS NOT NULL AND r.state NOT IN ('waiting', 'by-hand')),
  named AS MATERIALIZED (SELECT id, uid AS name FROM item UNION SELECT i.id, a.value FROM item i, json_each(i.aliases) a),
  step AS MATERIALIZED (SELECT j.seq, j.action, j.at, j.operator, j.body ->> '$.calls' AS calls, j.body ->> '$.remediationUid' AS name
    FROM journal j INDEXED BY journal_action WHERE j.action IN ('remediation.sending', 'remediation.unsent'))
  SELECT i.id, i.sent_at AS sentAt, i.approvals, s.action, s.at, s.operator AS "by", s.calls FROM item i
  LEFT JOIN (named n JOIN step s ON s.name = n.name) ON n.id = i.id ORDER BY i.id, s.seq`

interface Sending extends Pick<Step, 'sentAt' | 'approvals'> {
  /** Null where the audit log has no row of it. */
  readonly row: Pick<Step, 'by' | 'calls'> | null
}

/** The sending that counts of each item whose request left. */
function readSendings(reader: Reader, ids: readonly number[]): ReadonlyMap<number, Sending> {
  const sendings = new Map<number, Sending>()
  let last: number | null = null
  const steps = reader.all<Step>(STEPS, { ids: JSON.stringify(ids) })
  for (const { id, sentAt, approvals, action, at, by, calls } of steps) {
    if (id !== last) sendings.set(id, { sentAt, approvals, row: null })
    last = id
    if (action === 'remediation.sending' && at === sentAt) sendings.set(id, { sentAt, approvals, row: { by, calls } })
    // One of an earlier attempt is before the sending that counts.
    if (action === 'remediation.unsent' && at >= sentAt) sendings.delete(id)
  }
  return sendings
}

function readSent(reader: Reader, found: readonly SentRef[]): readonly SentChange[] {
  if (found.length === 0) return []
  const sendings = readSendings(reader, [...new Set(found.map(({ remediationId }) => remediationId))])
  const stored = remediationsById(reader, [...sendings.keys()])
  const rows = new Map(stored.map(({ row }) => [row.remediationId, row] as const))
  return found.flatMap(({ position, remediationId }) => {
    const [row, sending] = [rows.get(remediationId), sendings.get(remediationId)]
    if (row === undefined || sending === undefined) return []
    const { says, state, addedBy, addedAt } = row
    const approvals = (JSON.parse(sending.approvals ?? '[]') as readonly StoredApproval[])
      .filter((approval) => approval.calls === sending.row?.calls && isCurrent(approval, sending.sentAt))
      .map(({ by, at }) => ({ by, at }))
    const sent = { by: sending.row?.by ?? null, at: sending.sentAt }
    return [{ item: position, says, state, added: { by: addedBy, at: addedAt }, approvals, sent }]
  })
}
