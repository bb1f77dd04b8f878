import type { RemediationRequest, RemediationProposal, RemediationValues } from '../../shared/contract/remediation.ts'
import { parseMicroUsd } from '../../shared/domain/text/money.ts'

/** A proposed change; `key` distinguishes it from the others. */
export interface Offer extends RemediationProposal {
  readonly key: string
}

/** The proposals with their keys, which stay when they are read again. */
export function toOffers(proposals: readonly RemediationProposal[]): readonly Offer[] {
  return proposals.map((proposal) => {
    const { action, subject, values } = proposal
    const sorted = Object.entries(values).toSorted(([a], [b]) => a.localeCompare(b))
    return { ...proposal, key: JSON.stringify([action, subject.kind, subject.id, sorted]) }
  })
}

/** A proposal as a change request, with the values that a person entered. */
export function toChangeRequest(
  { action, subject, values, origin }: Pick<RemediationProposal, 'action' | 'subject' | 'values' | 'origin'>,
  given: RemediationValues = {},
): RemediationRequest {
  return { action, subject: { kind: subject.kind, id: subject.id }, values: { ...values, ...given }, origin }
}

/** Parses US dollars into micro-USD; null for an amount that is not in whole cents above zero. */
export function parseMicros(text: string): number | null {
  const cents = /^\$?\s*(\d{1,9})(?:\.(\d{1,2}))?$/u.exec(text.trim().replaceAll(',', ''))
  if (cents === null) return null
  const micros = parseMicroUsd(`${cents[1]}.${cents[2] ?? ''}`)
  return micros === 0 ? null : micros
}
