import type { ReviewMention } from '../../../shared/contract/reviews.ts'
import { CONNECTION_REF, connectionRefOf, type ConnectionRefColumns } from '../connections/connection.ts'
import type { Reader } from '../db/handles.ts'
import { connectionsInScope, type Scope, type Sql } from '../db/scope.ts'

/** What a panel shows; all of them stand in the reviews themselves. */
const MOST = 10

/** The last items about the accounts of a person in scope, those of open reviews first. */
export function mentionsOfPerson(reader: Reader, personId: number, scope: Scope): ReviewMention[] {
  const inScope = connectionsInScope(scope)
  return mentions(reader, {
    text: `FROM principal p JOIN review_item i ON i.principal_id = p.id
      WHERE p.person_id = :person AND +p.connection_id IN (${inScope.text})`,
    params: { person: personId, ...inScope.params },
  })
}

/** The same about a key. */
export function mentionsOfKey(reader: Reader, keyId: number): ReviewMention[] {
  return mentions(reader, { text: 'FROM review_item i WHERE i.key_id = :key', params: { key: keyId } })
}

interface MentionColumns extends ConnectionRefColumns {
  readonly id: number
  readonly review_id: number
  readonly kind: ReviewMention['kind']
  readonly state: ReviewMention['state']
  readonly opened_at: number
  readonly project_name: string | null
  readonly decision: ReviewMention['decision']
  readonly change_to: string | null
  readonly decided_at: number | null
}

function mentions(reader: Reader, items: Sql): ReviewMention[] {
  return reader
    .all<MentionColumns>(
      `SELECT i.id, i.review_id, r.kind, r.state, r.opened_at, ${CONNECTION_REF}, i.project_name, i.decision, i.change_to,
         i.decided_at
       FROM (SELECT i.id ${items.text}) found
       JOIN review_item i ON i.id = found.id
       JOIN review r ON r.id = i.review_id JOIN connection cn ON cn.id = i.connection_id
       WHERE r.state <> 'withdrawn'
       ORDER BY r.state = 'open' DESC, r.opened_at DESC, i.position LIMIT ${MOST}`,
      items.params,
    )
    .map((row) => ({
      itemId: row.id,
      reviewId: row.review_id,
      kind: row.kind,
      state: row.state,
      openedAt: row.opened_at,
      connection: connectionRefOf(row),
      project: row.project_name,
      decision: row.decision,
      to: row.change_to,
      decidedAt: row.decided_at,
    }))
}
