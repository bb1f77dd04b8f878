import type { Day } from '../day.ts'

/** Decisions about the risk of a finding whose authors had not seen each other. */
export interface UnseenDecisions {
  /** `until`: null where it ended the acceptance. */
  readonly held: { readonly until: Day | null; readonly by: string }
  /** Longer acceptances, which do not hold. */
  readonly others: readonly { readonly until: Day; readonly by: string }[]
}

/** Why acceptances do not hold, a sentence for each. `write`: how a name and a day are written where it is shown. */
export function describeUnseen(
  { held, others }: UnseenDecisions,
  write: { readonly name: (name: string) => string; readonly day: (day: Day) => string },
): readonly string[] {
  const by = write.name(held.by)
  const reason =
    held.until === null
      ? `${by} had ended the acceptance, so the finding is open.`
      : `${by} had accepted it until ${write.day(held.until)}, and the shorter acceptance holds.`
  return others.map(
    (other) =>
      `${write.name(other.by)} accepted the risk until ${write.day(other.until)}, which does not hold: neither of the two members had seen the decision of the other. ${reason}`,
  )
}
