import type {
  RemediationRequest,
  RemediationOrigin,
  RemediationProposal,
  RemediationValues,
} from '../../shared/contract/remediation.ts'
import { parseMicroUsd } from '../../shared/domain/text/money.ts'

/** A proposed change with the origin for which it is added. */
export interface Offer extends RemediationProposal {
  readonly key: string
  readonly origin: RemediationOrigin
}

function getKey({ action, subject, values }: RemediationProposal): string {
  const sorted = Object.entries(values).toSorted(([a], [b]) => a.localeCompare(b))
  return JSON.stringify([action, subject.kind, subject.id, sorted])
}

/** The proposals of several origins without duplicates, each with the first origin that has it. */
export function mergedProposals(
  asked: readonly { readonly origin: RemediationOrigin; readonly proposals: readonly RemediationProposal[] }[],
): readonly Offer[] {
  const offers = new Map<string, Offer>()
  for (const { origin, proposals } of asked) {
    for (const proposal of proposals) {
      const key = getKey(proposal)
      if (!offers.has(key)) offers.set(key, { ...proposal, key, origin })
    }
  }
  return [...offers.values()]
}

/** A proposal as a change request, with the values that a person entered. */
export function toChangeRequest(
  { action, subject, values, origin }: Pick<Offer, 'action' | 'subject' | 'values' | 'origin'>,
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
