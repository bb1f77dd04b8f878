import type {
  RemediationRequest,
  RemediationOrigin,
  RemediationProposal,
  RemediationValues,
} from '../../shared/contract/remediation.ts'
import { parseMicroUsd } from '../../shared/domain/text/money.ts'

/** A proposal with the origin that it is put on the list for. */
export interface Offer extends RemediationProposal {
  readonly key: string
  readonly origin: RemediationOrigin
}

function getKey({ action, subject, values }: RemediationProposal): string {
  const sorted = Object.entries(values).toSorted(([a], [b]) => a.localeCompare(b))
  return JSON.stringify([action, subject.kind, subject.id, sorted])
}

/** What several origins propose, each once, for the first that proposes it. */
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

/** Whether it can go on the list as it is: it is not there yet, and nobody has to say more about it. */
export function isReady({ remediationId, needs }: Pick<RemediationProposal, 'remediationId' | 'needs'>): boolean {
  return remediationId === null && needs.length === 0
}

const REMOVALS: ReadonlySet<RemediationProposal['action']> = new Set([
  'member-remove',
  'invite-delete',
  'service-account-delete',
  'key-delete',
])

/** The removals among them that can go on the list as they are: what is done about somebody who left, in one go. */
export function readyRemovals(offers: readonly Offer[]): readonly Offer[] {
  return offers.filter((offer) => isReady(offer) && REMOVALS.has(offer.action))
}

/** A proposal as it is put on the list, with what a person gave to it. */
export function toChangeRequest(
  { action, subject, values, origin }: Pick<Offer, 'action' | 'subject' | 'values' | 'origin'>,
  given: RemediationValues = {},
): RemediationRequest {
  return { action, subject: { kind: subject.kind, id: subject.id }, values: { ...values, ...given }, origin }
}

/** US dollars as they are typed, in micro-USD; null for what is no amount of whole cents above zero. */
export function parseMicros(text: string): number | null {
  const cents = /^\$?\s*(\d{1,9})(?:\.(\d{1,2}))?$/u.exec(text.trim().replaceAll(',', ''))
  if (cents === null) return null
  const micros = parseMicroUsd(`${cents[1]}.${cents[2] ?? ''}`)
  return micros === 0 ? null : micros
}
