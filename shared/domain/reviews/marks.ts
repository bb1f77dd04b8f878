import { counted } from '../counted.ts'

export const REVIEW_MARKS = ['self-review', 'mostly-kept', 'hasty', 'same-operator'] as const

/** Something that an auditor should look at. Marked, never hidden, and not a reason to refuse. */
export interface Mark {
  readonly kind: (typeof REVIEW_MARKS)[number]
  readonly says: string
}

/** One batch of decisions that was not reverted. */
export interface ReviewBatch {
  readonly items: number
  /** The earliest time to look at it: when the batch before it was decided, or the review opened. Milliseconds. */
  readonly begunAt: number
  readonly decidedAt: number
}

export interface ReviewConduct {
  readonly decided: number
  readonly kept: number
  /** Items in which the reviewers decided about themselves. */
  readonly selfReviews: number
  /** Who signed and who acknowledged it, with the number of items about their own access; left out before. */
  readonly ended?: readonly { readonly act: 'signed' | 'acknowledged'; readonly by: string; readonly items: number }[]
  /**
   * The operator in whose register both names were entered for the review; null if there are two, or not both names.
   */
  readonly bothBy?: string | null
  /** In the order in which they were made. */
  readonly batches: readonly ReviewBatch[]
}

/**
 * If more than this share of more than `MANY` items is kept, it may be rubber-stamping (guides for SOC 2; see the
 * pack).
 */
const MOSTLY = 0.95
const MANY = 50

/** More than this many items in less than this time were hardly looked at. */
const SEVERAL = 10
const HASTE_MS = 120_000

/** The marks of a review by the decisions so far. */
export function getMarks(review: ReviewConduct): Mark[] {
  const marks: Mark[] = []
  if (review.selfReviews > 0) {
    const items = counted(review.selfReviews, 'item is', 'items are')
    marks.push({ kind: 'self-review', says: `${items} about the own access of the reviewer who decided.` })
  }
  for (const { act, by, items } of review.ended ?? []) {
    if (items === 0) continue
    const about = counted(items, 'item is', 'items are')
    marks.push({ kind: 'self-review', says: `${about} about the access of ${by}, who ${act} it.` })
  }
  if (review.decided > MANY && review.kept / review.decided > MOSTLY) {
    marks.push({ kind: 'mostly-kept', says: `${review.kept} of ${review.decided} decided items were kept.` })
  }
  // An item that was decided twice counts twice.
  const hasty = countHasty(review)
  if (hasty > 0) {
    marks.push({
      kind: 'hasty',
      says: `${counted(hasty, 'decision was', 'decisions were')} made in less than two minutes.`,
    })
  }
  if (review.bothBy !== undefined && review.bothBy !== null) {
    const says = `The same operator, ${review.bothBy}, signed and acknowledged it under two names.`
    marks.push({ kind: 'same-operator', says })
  }
  return marks
}

function countHasty({ batches }: ReviewConduct): number {
  const all = batches.reduce((sum, batch) => sum + batch.items, 0)
  const [first] = batches
  const last = batches.at(-1)
  // For decisions one by one, a batch takes the time of one item: what counts is from the first to the last of them.
  if (batches.length > 1 && first && last && all > SEVERAL && last.decidedAt - first.decidedAt < HASTE_MS) return all
  return batches
    .filter((batch) => batch.items > SEVERAL && batch.decidedAt - batch.begunAt < HASTE_MS)
    .reduce((sum, batch) => sum + batch.items, 0)
}
