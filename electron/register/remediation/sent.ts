import { isCurrent } from '../../../shared/domain/remediation/approval.ts'
import type { SentChange } from '../../../shared/report/evidence-changes.ts'
import type { Reader } from '../db/handles.ts'
import { remediationsById } from './list.ts'
import type { StoredApproval } from './store.ts'

/** Changes of the client whose request left, about what the items of a review are, with the position of the item. */
const OF_REVIEW = `SELECT i.position, r.id AS remediationId FROM review_item i
    JOIN remedy r ON r.origin_kind = 'review-item' AND r.origin_id = i.id WHERE i.review_id = :review
  UNION SELECT i.position, r.id FROM review_item i
    JOIN remedy r ON r.subject_kind = iif(i.key_id IS NULL, 'principal', 'key') AND r.subject_id = ifnull(i.key_id, i.principal_id)
      AND r.action IN ('member-remove', 'invite-delete', 'service-account-delete', 'key-delete', 'key-disable')
      AND r.sent_at >= i.decided_at AND r.sent_at <= ifnull(i.closed_at, r.sent_at)
    WHERE i.review_id = :review AND i.decision = 'remove'
  ORDER BY 1, 2`

/** Changes to the accounts, invites and keys that people ever had at a client, and those that were added for these people. */
const OF_PEOPLE = `WITH own AS MATERIALIZED (SELECT p.id, p.person_id, p.external_id, p.connection_id FROM json_each(:people) j
    JOIN principal p ON p.person_id = j.value JOIN connection cn ON cn.id = p.connection_id AND cn.removed_at IS NULL
    JOIN client c ON c.id = cn.client_id AND c.slug = :client)
  SELECT NULL AS position, r.id AS remediationId FROM own o JOIN remedy r ON r.subject_kind = 'principal' AND r.subject_id = o.id
  UNION SELECT NULL, r.id FROM own o JOIN key_version v ON v.owner_external_id = o.external_id
    JOIN key k ON k.id = v.key_id AND k.connection_id = o.connection_id
    JOIN remedy r ON r.subject_kind = 'key' AND r.subject_id = k.id
  UNION SELECT NULL, r.id FROM own o
    JOIN remedy r ON r.origin_kind = 'person' AND r.origin_id = o.person_id AND r.connection_id = o.connection_id
  ORDER BY 2`

interface Found {
  readonly position: number | null
  readonly remediationId: number
}

/** The changes that were sent for the items of a review, by the position of their item: those that were added from it, and removals that followed. */
export function listSentOfReview(reader: Reader, review: number): readonly SentChange[] {
  return readSent(reader, reader.all<Found>(OF_REVIEW, { review }))
}

/** The changes that were sent to what people had at a client, in the order in which they were added. */
export function listSentOfPeople(reader: Reader, client: string, people: readonly number[]): readonly SentChange[] {
  return readSent(reader, reader.all<Found>(OF_PEOPLE, { client, people: JSON.stringify(people) }))
}

interface Sent {
  readonly id: number
  readonly at: number
  /** Null where the audit log has no row of it. */
  readonly by: string | null
  readonly calls: string | null
  readonly approvals: string | null
}

/** The sending that counts of each item, unless it is recorded that its request did not leave; older rows of the audit log name items by their number. */
const SENT = `WITH item AS MATERIALIZED (SELECT r.id, r.uid, r.aliases, r.sent_at, r.approvals FROM json_each(:ids) w JOIN remedy r ON r.id = w.value
    WHERE r.sent_at IS NOT NULL AND r.state NOT IN ('waiting', 'by-hand')),
  named AS MATERIALIZED (SELECT id, uid AS name FROM item WHERE uid IS NOT NULL
    UNION SELECT i.id, a.value FROM item i, json_each(i.aliases) a UNION SELECT id, 'no. ' || id FROM item),
  step AS MATERIALIZED (SELECT j.seq, j.action, j.at, j.operator, j.body ->> '$.calls' AS calls,
      ifnull(j.body ->> '$.remedyUid', 'no. ' || (j.body ->> '$.remedy')) AS name
    FROM journal j INDEXED BY journal_action WHERE j.action IN ('remedy.sending', 'remedy.unsent')),
  done AS MATERIALIZED (SELECT n.id, s.seq, s.action, s.at, s.operator, s.calls FROM step s JOIN named n ON n.name = s.name)
  SELECT i.id, i.sent_at AS at, d.operator AS "by", d.calls, i.approvals FROM item i
  LEFT JOIN done d ON d.id = i.id AND d.seq = (SELECT max(x.seq) FROM done x WHERE x.id = i.id AND x.action = 'remedy.sending' AND x.at = i.sent_at)
  WHERE NOT EXISTS (SELECT 1 FROM done u WHERE u.id = i.id AND u.action = 'remedy.unsent' AND ifnull(u.seq > d.seq, u.at >= i.sent_at))`

function readSent(reader: Reader, found: readonly Found[]): readonly SentChange[] {
  if (found.length === 0) return []
  const ids = [...new Set(found.map(({ remediationId }) => remediationId))]
  const sent = new Map(reader.all<Sent>(SENT, { ids: JSON.stringify(ids) }).map((row) => [row.id, row] as const))
  const rows = new Map(remediationsById(reader, [...sent.keys()]).map(({ row }) => [row.remediationId, row] as const))
  return found.flatMap(({ position, remediationId }) => {
    const [row, sending] = [rows.get(remediationId), sent.get(remediationId)]
    if (row === undefined || sending === undefined) return []
    const { says, state, addedBy, addedAt } = row
    const { at, by, calls } = sending
    const approvals = (JSON.parse(sending.approvals ?? '[]') as readonly StoredApproval[])
      .filter((approval) => approval.calls === calls && isCurrent(approval, at))
      .map((approval) => ({ by: approval.by, at: approval.at }))
    return [{ item: position, says, state, added: { by: addedBy, at: addedAt }, approvals, sent: { by, at } }]
  })
}
