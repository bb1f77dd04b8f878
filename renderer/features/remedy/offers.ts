import type { Outputs } from '../../../shared/contract/contract.ts'
import type { RemedyOrigin, RemedyRow } from '../../../shared/contract/remedy.ts'
import { isStanding } from './words.ts'

type Proposal = Outputs['remedy']['proposals'][number]

/** A proposal with the origin that it is put on the list for. */
export interface Offer extends Proposal {
  readonly key: string
  readonly origin: RemedyOrigin
}

function keyOf({ action, subject, values }: Pick<Proposal, 'action' | 'subject' | 'values'>): string {
  const { role, name, amountMicros, projectId } = values
  return JSON.stringify([action, subject.kind, subject.id, role, name, amountMicros, projectId])
}

/** What several origins propose, each once, for the first that proposes it. */
export function mergedProposals(
  asked: readonly { readonly origin: RemedyOrigin; readonly proposals: readonly Proposal[] }[],
): readonly Offer[] {
  const offers = new Map<string, Offer>()
  for (const { origin, proposals } of asked) {
    for (const proposal of proposals) {
      const key = keyOf(proposal)
      if (!offers.has(key)) offers.set(key, { ...proposal, key, origin })
    }
  }
  return [...offers.values()]
}

/** The same wish on the list, if it stands there. */
export function onTheList(offer: Offer, rows: readonly RemedyRow[]): RemedyRow | undefined {
  return rows.find((row) => isStanding(row.state) && keyOf(row) === offer.key)
}
