import type { RemedyOrigin } from '../../../shared/contract/remedy.ts'
import type { Reader } from '../../register/handles.ts'
import { aboutFinding, aboutItem, isPerson, principalsOf } from '../../register/remedies/about.ts'
import { type RemedySubject, remedySubject } from '../../register/remedies/subject.ts'
import { invalid, notFound, READ_AGAIN, Refusal } from '../refusal.ts'

/**
 * Refuses a wish that does not come from where it says: a finding that stands, an item that a review decided to remove or
 * change, or a person, and in each case about something of theirs.
 */
export function checkOrigin(reader: Reader, origin: RemedyOrigin, subject: RemedySubject): void {
  const connections = originConnections(reader, origin)
  if (connections.includes(subject.connectionId)) return
  throw invalid(
    'origin',
    `${subject.name} has nothing to do with what the remedy is to come from.`,
    'Take one of the proposals of the finding, the item or the person.',
  )
}

function originConnections(reader: Reader, origin: RemedyOrigin): readonly number[] {
  if (origin.kind === 'finding') {
    const finding = aboutFinding(reader, origin.id)
    if (finding === null) throw notFound(`Finding ${origin.id}`, READ_AGAIN)
    if (finding.resolved) {
      throw new Refusal('CONFLICT', 'The finding is resolved; there is nothing to remedy.', 'Read the list again.')
    }
    return [finding.connectionId]
  }
  if (origin.kind === 'review-item') {
    const item = aboutItem(reader, origin.id)
    if (item === null) throw notFound(`Item ${origin.id}`, READ_AGAIN)
    if (item.decision !== 'remove' && item.decision !== 'change') {
      throw new Refusal('CONFLICT', 'The review did not decide to remove or change this.', 'Decide the item first.')
    }
    return [item.connectionId]
  }
  if (!isPerson(reader, origin.id)) throw notFound(`Person ${origin.id}`, READ_AGAIN)
  return principalsOf(reader, origin.id).flatMap((id) => remedySubject(reader, 'principal', id)?.connectionId ?? [])
}
