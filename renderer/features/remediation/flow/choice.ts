import type { FlowOrigin } from '../../../entities/remediation-flow.ts'
import type { Offer } from '../../../entities/offers.ts'

type Action = Offer['action']

/** Actions that remove an account or invite itself. */
const ENDS_ACCOUNT: ReadonlySet<Action> = new Set(['member-remove', 'invite-delete', 'service-account-delete'])

/** Actions that remove access: one of them first means that everything of the person is to be removed. */
const REMOVES: ReadonlySet<Action> = new Set([...ENDS_ACCOUNT, 'project-member-remove', 'key-delete'])

/** The changes of one connection; `shared` are rotations of keys that the person could have seen. */
export interface OfferGroup {
  readonly connection: Offer['connection']
  readonly own: readonly Offer[]
  readonly shared: readonly Offer[]
}

/** Changes by connection, in their order; the shared keys of a person are separate. */
export function groupOffers(offers: readonly Offer[], begin: FlowOrigin): readonly OfferGroup[] {
  return [...Map.groupBy(offers, ({ connection }) => connection.id).values()].flatMap((own) => {
    const [first] = own
    if (first === undefined) return []
    const isShared = ({ action, origin }: Offer): boolean =>
      action === 'key-rotate' && begin !== 'key' && offers[0]?.action !== 'key-rotate' && origin.kind !== 'key'
    return [
      {
        connection: first.connection,
        own: own.filter((offer) => !isShared(offer)),
        shared: own.filter(isShared),
      },
    ]
  })
}

/**
 * The keys of the changes that are selected at first. Where access is removed, that is everything that ends it: roles end
 * with their account, and a key is deleted rather than disabled. Otherwise the changes are alternatives, and the most
 * fitting one is selected. A change that needs a value is selected by giving it.
 */
export function chosenAtFirst(offers: readonly Offer[]): ReadonlySet<string> {
  const [first] = offers
  if (first === undefined) return new Set()
  const isFree = ({ needs, remediationId }: Offer): boolean => needs.length === 0 || remediationId !== null
  if (!REMOVES.has(first.action) || isAlternative(offers)) return new Set(isFree(first) ? [first.key] : [])
  const ended = new Set(offers.filter(({ action }) => ENDS_ACCOUNT.has(action)).map(({ subject }) => subject.id))
  return new Set(
    offers
      .filter((offer) => REMOVES.has(offer.action) && isFree(offer))
      .filter(({ action, subject }) => action !== 'project-member-remove' || !ended.has(subject.id))
      .map(({ key }) => key),
  )
}

/** Whether all changes are about one key: rotate, disable or delete it. */
export function isAlternative(offers: readonly Offer[]): boolean {
  return (
    offers.length > 1 &&
    new Set(offers.map(({ subject }) => `${subject.kind} ${subject.id}`)).size === 1 &&
    offers.every(({ subject, action }) => subject.kind === 'key' && action.startsWith('key-'))
  )
}
