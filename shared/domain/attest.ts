/** The extent of an act that a person attests. */
export interface AttestExtent {
  /** The findings, the keys that were rotated, or the keys that leave the lists. */
  readonly count: number
  /** An admin key, a critical finding or a leaver is among them. */
  readonly isGrave: boolean
}

/** The acts that ask in proportion; the word to type begins with it. */
export type AttestVerb = 'ACCEPT' | 'ARCHIVE' | 'ROTATED'

/** The inputs that an act needs before it is done. */
export interface Requirements {
  readonly isReasonNeeded: boolean
  /** The word to type, such as `ROTATED 12`; null where none is asked for. */
  readonly word: string | null
}

/** From this number on a word is typed. */
const MANY = 10

/** From which number on each act needs its reason. A client is archived as one, whatever it has; a risk is never accepted without. */
const REASON_FROM: Readonly<Record<AttestVerb, number>> = { ACCEPT: 1, ARCHIVE: Number.POSITIVE_INFINITY, ROTATED: 2 }

/**
 * How much an act asks of the person who attests it, in proportion to what it covers: one thing without consequences asks for
 * nothing, several or a grave one for a reason, and many for a typed word. The risk of a critical finding asks for the word too.
 */
export function findRequirements(verb: AttestVerb, { count, isGrave }: AttestExtent): Requirements {
  const isTyped = count >= MANY || (isGrave && verb === 'ACCEPT')
  return { isReasonNeeded: isGrave || count >= REASON_FROM[verb], word: isTyped ? `${verb} ${count}` : null }
}
