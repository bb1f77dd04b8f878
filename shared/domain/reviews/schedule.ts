import { addMonths, type Day } from '../day.ts'
import type { Policy } from '../policy.ts'
import type { ReviewKind } from './review.ts'

/** Kinds that recur by the calendar. */
export type RecurringKind = Exclude<ReviewKind, 'departed'>

const MONTHS: Readonly<Record<RecurringKind, keyof ReviewCadence>> = {
  admins: 'reviewAdminsMonths',
  roles: 'reviewRolesMonths',
  keys: 'reviewKeysMonths',
  membership: 'reviewMembershipMonths',
}

export type ReviewCadence = Pick<
  Policy,
  'reviewAdminsMonths' | 'reviewRolesMonths' | 'reviewKeysMonths' | 'reviewMembershipMonths'
>

/** Months between reviews of a kind; null for `departed`, which is due immediately. */
export function reviewMonths(kind: ReviewKind, policy: ReviewCadence): number | null {
  return kind === 'departed' ? null : policy[MONTHS[kind]]
}

/**
 * The day by which a recurring review has to be signed: its months after the last one of its kind, or, if there was
 * none, after the day since which access has had no review: the first read of the client, or, if an imported register
 * shows an earlier last review, that one. Null if the client was never read.
 */
export function reviewDueOn(
  since: { readonly lastOn: Day | null; readonly firstReadOn: Day | null; readonly importedOn: Day | null },
  months: number,
): Day | null {
  const from = reviewedSince(since)
  return from === null ? null : addMonths(from, months)
}

/** The day from which the months of a recurring review are counted. */
function reviewedSince(since: Parameters<typeof reviewDueOn>[0]): Day | null {
  const { lastOn, firstReadOn, importedOn } = since
  if (lastOn !== null || firstReadOn === null) return lastOn
  return importedOn !== null && importedOn < firstReadOn ? importedOn : firstReadOn
}
