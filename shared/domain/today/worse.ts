/**
 * The facts that a snoozed or dismissed matter is compared by. A bigger number or another word is worse; that days pass
 * is not among them, since everything would return the next morning.
 */
export interface Facts {
  /** The most pressing risk is the biggest number. */
  readonly risk: number
  readonly numbers: Readonly<Record<string, number>>
  readonly words: Readonly<Record<string, string>>
}

/**
 * True if the facts of a matter got worse since a person snoozed or dismissed it: it is more risky, or as risky and a
 * number grew or a word changed. A matter that became less risky or smaller stays hidden.
 */
export function isWorse(now: Facts, then: Facts): boolean {
  if (now.risk !== then.risk) return now.risk > then.risk
  return (
    Object.entries(now.numbers).some(([name, value]) => value > (then.numbers[name] ?? -Infinity)) ||
    Object.entries(now.words).some(([name, word]) => word !== then.words[name])
  )
}
