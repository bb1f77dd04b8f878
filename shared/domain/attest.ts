/**
 * How much an act asks of the person who attests it, in proportion to what it covers: one thing without consequences asks nothing,
 * several or a grave one ask for day and reason, and many ask for a typed word.
 */
export interface Attested {
  readonly count: number
  /** An admin key, a critical finding or a leaver is among them. */
  readonly isGrave: boolean
}

/** From this number on a word is typed. */
const MANY = 10

/** Whether an act asks for its day and its reason before it is done. */
export function needsReason({ count, isGrave }: Attested): boolean {
  return count > 1 || isGrave
}

/** What has to be typed before an act on many things, such as `ROTATED 12`; null for a few. */
export function makeAttestWord(verb: 'ACCEPT' | 'ARCHIVE' | 'ROTATED', count: number): string | null {
  return count >= MANY ? `${verb} ${count}` : null
}
