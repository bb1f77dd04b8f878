import type { SourceName } from '../../../shared/domain/source.ts'
import type { UsageReport } from '../../../shared/domain/usage/fact.ts'

/**
 * The lists that a provider's API offers, and Castellan's decision about each of its methods. A method is named as in
 * the provider's official client (`organization.users.list`), or as `GET /path` where the provider has none.
 */
export interface Coverage {
  /** Where the methods are from, with version and date. */
  readonly basis: readonly string[]
  readonly offers: readonly Offer[]
}

/** One thing that a provider offers to read. */
export type Offer = ReadOffer | UnreadOffer

interface OfferWords {
  /** The thing, in the plural where it is a list. */
  readonly what: string
  /** The unknown facts while it is not read: a part of a sentence, such as `who holds a role by a group`. */
  readonly unknown: string
}

/** Something that a sync or a reading of usage reads. */
export interface ReadOffer extends OfferWords {
  readonly calls: readonly string[]
  /** Methods that are not called, since those that are called return the same rows. */
  readonly same: readonly string[]
  readonly sources: readonly SourceName[]
  readonly reports: readonly UsageReport[]
  /** The kind of credential that is answered, in a sentence, where not every one that works is; else null. */
  readonly needs: string | null
  /**
   * When the provider answers 200 with only some of the rows, and what Castellan does then, in sentences; null where no document
   * of the provider describes such an answer.
   */
  readonly partial: string | null
}

/** Something that is not read, and why. */
export interface UnreadOffer extends OfferWords {
  readonly methods: readonly string[]
  readonly because: string
}

interface Reads {
  readonly calls: readonly string[]
  readonly same?: readonly string[]
  readonly sources?: readonly SourceName[]
  readonly reports?: readonly UsageReport[]
  readonly needs?: string
  readonly partial?: string
}

/** Something that is read. */
export function reads(
  what: string,
  { calls, same = [], sources = [], reports = [], needs, partial }: Reads,
  unknown: string,
): ReadOffer {
  return { what, unknown, calls, same, sources, reports, needs: needs ?? null, partial: partial ?? null }
}

/** Something that is not read, and why. */
export function notRead(what: string, methods: readonly string[], because: string, unknown: string): UnreadOffer {
  return { what, unknown, methods, because }
}

export function isRead(offer: Offer): offer is ReadOffer {
  return 'calls' in offer
}

/** Every method that an offer decides about. */
export function getMethods(offer: Offer): readonly string[] {
  return isRead(offer) ? [...offer.calls, ...offer.same] : offer.methods
}
