import type { ReviewItem, ReviewRow } from '../contract/reviews.ts'
import { toLocalDay } from '../domain/day.ts'
import type { EvidenceRecord, EvidenceTable } from './evidence-records.ts'
import { said } from '../domain/text/said.ts'
import { utcInstant } from '../domain/text/utc.ts'

export const SIGN_OFF: EvidenceTable = {
  name: 'sign-off',
  title: 'Sign-off',
  about: 'Who signed the review, and its results. Nothing undecided is hidden.',
  fields: { field: 'Field', value: 'Value' },
}

/** The field with the reason for signing although items need more information. */
export const CARRIED = 'Signed although more information is needed, because'

/** The field's words where there is no reason. */
export const NOT_CARRIED = ['not needed', 'not signed', 'no reason was recorded'] as const

/** Counts the decisions of a review while its items pass by. */
export function newTally() {
  const count = {
    items: 0,
    undecided: 0,
    keep: 0,
    change: 0,
    remove: 0,
    unknown: 0,
    flagged: 0,
    flaggedKept: 0,
    exceptions: 0,
    selfReviews: 0,
    done: 0,
    pending: 0,
  }
  return {
    count,
    add: ({ record, flagged, closure }: ReviewItem): void => {
      count.items += 1
      count[record?.decision ?? 'undecided'] += 1
      if (flagged) count.flagged += 1
      if (flagged && record?.decision === 'keep') count.flaggedKept += 1
      if (record?.until) count.exceptions += 1
      if (record?.selfReview === true) count.selfReviews += 1
      if (record?.decision === 'remove' || record?.decision === 'change') count[closure?.state ?? 'pending'] += 1
    },
  }
}

export type Tally = ReturnType<typeof newTally>['count']

export function signOffRecords(
  row: ReviewRow,
  tally: Tally,
  marks: readonly { readonly says: string }[],
): EvidenceRecord[] {
  const fields: Readonly<Record<string, string | number>> = {
    State: row.state,
    'Signed by': row.signed === null ? 'not signed' : said(row.signed.by),
    'Signed by the operator': said(row.signed?.operator ?? ''),
    'Signed (UTC)': utcInstant(row.signed?.at ?? null) ?? '',
    'Acknowledged by management': row.acknowledged === null ? 'not acknowledged' : said(row.acknowledged.by),
    'Acknowledged by the operator': said(row.acknowledged?.operator ?? ''),
    'Acknowledged (UTC)': utcInstant(row.acknowledged?.at ?? null) ?? '',
    Due: row.dueOn,
    Timely: describeTimeliness(row),
    Items: tally.items,
    Decided: tally.keep + tally.change + tally.remove,
    Undecided: tally.undecided,
    Kept: tally.keep,
    'To be changed': tally.change,
    'To be removed': tally.remove,
    'More information needed': tally.unknown,
    [CARRIED]: describeCarried(row, tally),
    Flagged: tally.flagged,
    'Flagged and kept, with a justification': tally.flaggedKept,
    'Exceptions with an end': tally.exceptions,
    'Decided about themselves': tally.selfReviews,
    'Removals and changes shown done by a sync': tally.done,
    'Removals and changes still open': tally.pending,
    Marks: marks.length === 0 ? 'none' : marks.map(({ says }) => said(says)).join(' '),
  }
  return Object.entries(fields).map(([field, value]) => ({ field, value }))
}

/** Reviews that were signed before a reason was asked for have none. */
function describeCarried({ carried, signed }: ReviewRow, { unknown }: Tally): string {
  if (carried !== null) return said(carried)
  if (unknown === 0) return NOT_CARRIED[0]
  return NOT_CARRIED[signed === null ? 1 : 2]
}

/** A due day is one on the operator’s calendar, so the day of a signature is too. */
export function describeTimeliness({ state, signed, overdue, dueOn }: ReviewRow): string {
  if (signed !== null) return toLocalDay(signed.at) <= dueOn ? 'signed in time' : 'signed late'
  if (state !== 'open') return 'not signed'
  return overdue ? 'overdue' : 'not due yet'
}
