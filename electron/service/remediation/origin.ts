import type { RemediationRequest, RemediationOrigin } from '../../../shared/contract/remediation.ts'
import { canonicalJson } from '../../../shared/domain/canonical-json.ts'
import type { Reader } from '../../register/db/handles.ts'
import { aboutFinding, aboutItem } from '../../register/remediation/about.ts'
import type { RemediationSubject } from '../../register/remediation/subject.ts'
import { invalid, Refusal } from '../kit/refusal.ts'
import { proposalsFor } from './proposals.ts'

/**
 * Refuses a change request that does not follow from its origin: an open finding, an item that a review decided to
 * remove or change, a person, a plan, or a key. The values may differ from the proposed ones, the project may not.
 */
export function checkOrigin(
  reader: Reader,
  origin: RemediationOrigin,
  { action, subject, values }: Pick<RemediationRequest, 'action' | 'values'> & { readonly subject: RemediationSubject },
  now: number,
): void {
  checkStands(reader, origin)
  const follows = proposalsFor(reader, origin, now).some(
    (proposal) =>
      proposal.action === action &&
      proposal.subject.kind === subject.kind &&
      proposal.subject.id === subject.id &&
      (proposal.values.projectId === undefined || proposal.values.projectId === values.projectId) &&
      (origin.kind !== 'plan' || canonicalJson({ ...proposal.values }) === canonicalJson({ ...values })),
  )
  if (follows) return
  throw invalid(
    'origin',
    `${action} of ${subject.name} does not follow from its origin.`,
    'Choose one of the proposals of the finding, the item, the person, the plan or the key.',
  )
}

function checkStands(reader: Reader, { kind, id }: RemediationOrigin): void {
  if (kind === 'finding' && aboutFinding(reader, id)?.resolved === true) {
    throw new Refusal('CONFLICT', 'The finding is resolved; there is nothing to change.', 'Read the list again.')
  }
  if (kind !== 'review-item') return
  const item = aboutItem(reader, id)
  if (item === null || item.decision === 'remove' || item.decision === 'change') return
  throw new Refusal('CONFLICT', 'The review did not decide to remove or change this.', 'Decide the item first.')
}
