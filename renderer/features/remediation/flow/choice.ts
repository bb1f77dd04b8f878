import type { FlowOrigin } from '../../../entities/remediation-flow.ts'
import type { Offer } from '../../../entities/offers.ts'

type Action = Offer['action']

/** Actions that remove an account or invite itself. */
const ENDS_ACCOUNT: ReadonlySet<Action> = new Set(['member-remove', 'invite-delete', 'service-account-delete'])

const REMOVES: ReadonlySet<Action> = new Set([
  ...ENDS_ACCOUNT,
  'member-sign-out',
  'project-member-remove',
  'key-delete',
])

/** The changes of one connection; `shared` are rotations of keys that the person could have seen. */
export interface OfferGroup {
  readonly connection: Offer['connection']
  readonly own: readonly Offer[]
  readonly shared: readonly Offer[]
}

/** Changes by connection, in their order; rotations of keys that a person could have seen are separate. */
export function groupOffers(offers: readonly Offer[], begin: FlowOrigin): readonly OfferGroup[] {
  const isOfKey = begin === 'key' || (begin !== 'person' && offers[0]?.action === 'key-rotate')
  const isShared = ({ action }: Offer): boolean => action === 'key-rotate' && !isOfKey
  return [...Map.groupBy(offers, ({ connection }) => connection.id).values()].flatMap((all) =>
    all.slice(0, 1).map(({ connection }) => ({
      connection,
      own: all.filter((offer) => !isShared(offer)),
      shared: all.filter(isShared),
    })),
  )
}

/**
 * The keys of the changes that are selected at first: the most fitting one, since the others are alternatives to it; of
 * several keys, that of each. For a person it is everything that ends their access: roles end with their account, and a key is deleted rather than
 * disabled. Where an account is removed, or a review decided to remove access, the keys in its name go too. A change that
 * needs a value is selected by giving it.
 */
export function chosenAtFirst(offers: readonly Offer[], begin: FlowOrigin): ReadonlySet<string> {
  const [first] = offers
  if (first === undefined) return new Set()
  const isFree = ({ needs, remediationId }: Offer): boolean => needs.length === 0 || remediationId !== null
  if (begin === 'key') {
    const fitting = [...Map.groupBy(offers, ({ subject }) => subject.id).values()].flatMap((own) => own.slice(0, 1))
    return new Set(fitting.filter(isFree).map(({ key }) => key))
  }
  const ended = new Set(offers.filter(({ action }) => ENDS_ACCOUNT.has(action)).map(({ subject }) => subject.id))
  const goesToo = ({ action, subject }: Offer): boolean => {
    if (isAlternative(offers)) return false
    if (begin === 'person') return REMOVES.has(action) && (action !== 'project-member-remove' || !ended.has(subject.id))
    return action === 'key-delete' && (begin === 'review-item' || ENDS_ACCOUNT.has(first.action))
  }
  const chosen = offers.filter((offer) => isFree(offer) && (offer === first || goesToo(offer)))
  const isRotation = begin === 'person' && first.action === 'key-rotate'
  return new Set(isRotation ? [] : chosen.map(({ key }) => key))
}

/** True if all changes are about one key: rotate, disable or delete it. */
export function isAlternative(offers: readonly Offer[]): boolean {
  return (
    offers.length > 1 &&
    new Set(offers.map(({ subject }) => `${subject.kind} ${subject.id}`)).size === 1 &&
    offers.every(({ subject, action }) => subject.kind === 'key' && action.startsWith('key-'))
  )
}
