import { type ReviewMention, reviewMention } from '../../../shared/contract/reviews.ts'
import { CONNECTION_REF } from '../connections/connection.ts'
import type { Reader } from '../db/handles.ts'
import { readRows } from '../db/rows.ts'
import { connectionsInScope, type Scope, type Sql } from '../db/scope.ts'

/** The number that a panel shows; the reviews themselves list all. */
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

function mentions(reader: Reader, items: Sql): ReviewMention[] {
  return readRows(
    reader,
    reviewMention,
    `SELECT i.id AS itemId, i.review_id AS reviewId, r.kind, r.state, r.opened_at AS openedAt, ${CONNECTION_REF},
       i.project_name AS project, i.decision, i.change_to AS "to", i.decided_at AS decidedAt
     FROM (SELECT i.id ${items.text}) found
     JOIN review_item i ON i.id = found.id
     JOIN review r ON r.id = i.review_id JOIN connection cn ON cn.id = i.connection_id
     WHERE r.state <> 'withdrawn'
     ORDER BY r.state = 'open' DESC, r.opened_at DESC, i.position LIMIT ${MOST}`,
    items.params,
  )
}
