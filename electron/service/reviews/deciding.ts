import type { ReviewItemFilter } from '../../../shared/contract/reviews.ts'
import type { Day } from '../../../shared/domain/day.ts'
import { toRuns } from '../../../shared/domain/reviews/positions.ts'
import { needsWhy } from '../../../shared/domain/reviews/needs-why.ts'
import type { ItemDecision } from '../../../shared/domain/reviews/review.ts'
import { createUidFor } from '../../register/clients/client.ts'
import {
  countOfBatch,
  type DecidedItem,
  getBatch,
  itemsToDecide,
  listPrivileged,
  peopleNamed,
} from '../../register/reviews/deciding.ts'
import { itemIds } from '../../register/reviews/items.ts'
import { findBatchAuthor } from '../../register/team/review-authors.ts'
import { type Context, getReader, getToday, readOperator } from '../core/context.ts'
import { commitOperation, readUid } from '../core/operations.ts'
import { invalid, notFound, READ_AGAIN } from '../kit/refusal.ts'
import { readTeamReview } from './members.ts'
import { assertEffective, assertRead, namedAuthor, existing } from './reviews.ts'
import { roleWord } from './provider-roles.ts'

export interface Deciding {
  readonly reviewId: number
  readonly items: readonly number[] | ReviewItemFilter
  readonly decision: ItemDecision
  readonly to?: string | undefined
  readonly why?: string | undefined
  readonly until?: Day | undefined
}

/** Decides items of an open review as a batch: one operation, whatever their number. */
export function decideItems(
  context: Context,
  deciding: Deciding,
): { readonly decided: number; readonly batch: number } {
  const review = existing(context, deciding.reviewId)
  assertRead(context, review)
  assertEffective(review, { kind: 'review.decided', last: 0, isKnown: false })
  const items = listItems(context, deciding)
  checkDecision(context, deciding, items)
  const { reviewId, decision, why, until } = deciding
  const to = deciding.to === undefined ? undefined : roleWord(getReader(context), deciding.to, items)
  const isSelf = selfReview(context, readOperator(context))
  const { batch } = commitOperation(context, {
    kind: 'review.decided',
    client: review.client.slug,
    subject: named(items),
    body: {
      v: 1,
      reviewUid: readUid(getReader(context), 'review', reviewId),
      batchUid: createUidFor(getReader(context), review.client.slug, context.now()),
      positions: toRuns(items.map(({ position }) => position)),
      decision,
      to,
      why,
      until,
      self: toRuns(items.filter(isSelf).map(({ position }) => position)),
    },
  })
  return { decided: items.length, batch: batch ?? 0 }
}

/** The selected items of a review, by number or by a filter. Throws `Refusal` NOT_FOUND, and INVALID for none. */
export function listItems(
  context: Context,
  { reviewId, items }: Pick<Deciding, 'reviewId' | 'items'>,
): readonly DecidedItem[] {
  const reader = getReader(context)
  const wanted = isList(items)
    ? [...new Set(items)]
    : itemIds(reader, reviewId, { ...items, sort: { by: 'position', direction: 'asc' } })
  const found = itemsToDecide(reader, wanted).filter((item) => item.reviewId === reviewId)
  const known = new Set(found.map((item) => item.id))
  const missing = wanted.filter((id) => !known.has(id))
  if (missing.length > 0) throw notFound(`Item ${missing.slice(0, 5).join(', ')} of this review`, READ_AGAIN)
  if (found.length === 0) throw invalid('items', 'No item of the review matches.', 'Change the filter.')
  return found
}

function isList(items: Deciding['items']): items is readonly number[] {
  return Array.isArray(items)
}

function checkDecision(context: Context, { decision, to, why, until }: Deciding, items: readonly DecidedItem[]): void {
  if (decision === 'change' && to === undefined) {
    throw invalid('to', 'A change needs the role to change to.', 'Give the role in the provider’s word.')
  }
  if (decision !== 'change' && to !== undefined) {
    throw invalid('to', 'Only a change has a new role.', 'Leave it out, or decide to change.')
  }
  const keys = items.filter((item) => item.isKey === 1)
  if (decision === 'change' && keys.length > 0) {
    throw invalid('decision', `A key has no role to change: ${named(keys)}.`, 'Keep or remove it.')
  }
  if (until !== undefined && decision !== 'keep') {
    throw invalid('until', 'Only an item that is kept can be an exception.', 'Leave the day out, or decide to keep.')
  }
  if (until !== undefined && until < getToday(context)) {
    throw invalid('until', `${until} has passed.`, 'Give the last day of the exception.')
  }
  if (why !== undefined) return
  if (decision === 'unknown') {
    throw invalid('why', 'Items that need more information need a question.', 'Write what has to be found out.')
  }
  if (until !== undefined)
    throw invalid('why', 'An exception needs a justification.', 'Give the reason for keeping it until then.')
  const flagged = items.filter((item) => needsWhy({ flagged: item.flagged === 1, privileged: false }, decision, null))
  if (flagged.length > 0) {
    throw invalid(
      'why',
      `Keeping what has findings needs a justification: ${named(flagged)}.`,
      'Give the reason for keeping it.',
    )
  }
  if (!needsWhy({ flagged: false, privileged: true }, decision, null)) return
  const privileged = new Set(
    listPrivileged(
      getReader(context),
      items.map(({ id }) => id),
    ),
  )
  if (privileged.size > 0) {
    throw invalid(
      'why',
      `Removing an owner or admin needs a justification: ${named(items.filter(({ id }) => privileged.has(id)))}.`,
      'Give the reason for removing them. In a terminal: --why TEXT.',
    )
  }
}

/**
 * True if an item is about the operator: by the person of the account, or by the name or address that it was frozen
 * with.
 */
function selfReview(context: Context, operator: string): (item: DecidedItem) => boolean {
  const own = operator.trim().toLowerCase()
  const people = peopleNamed(getReader(context), operator)
  const isOwn = (text: string | null): boolean => text !== null && own !== '' && text.trim().toLowerCase() === own
  return (item) =>
    (item.personId !== null && people.has(item.personId)) || isOwn(item.holderName) || isOwn(item.holderEmail)
}

/** An item in words that outlive it. */
function getName(item: DecidedItem): string {
  return item.projectName === null ? item.name : `${item.name}, ${item.projectName}`
}

/** How many things a message names before it counts the rest. */
const FEW = 5

function named(items: readonly DecidedItem[]): string {
  const rest = items.length - FEW
  return `${items.slice(0, FEW).map(getName).join('; ')}${rest > 0 ? ` and ${rest} more` : ''}`
}

/** Reverts the decisions of a batch. Throws `Refusal` CONFLICT when that was done already. */
export function undoItems(context: Context, reviewId: number, batch: number): { readonly undone: number } {
  const review = existing(context, reviewId)
  const reader = getReader(context)
  const found = getBatch(reader, batch)
  const known = found?.reviewId === reviewId ? found : null
  const team = readTeamReview(context, reviewId)
  const decidedBy = known && team && findBatchAuthor(reader, team, readUid(reader, 'review', reviewId), known.uid)
  const go = known && { author: decidedBy ?? namedAuthor(known.decidedBy), isUndone: known.undoneAt !== null }
  const author = team?.own ?? namedAuthor(readOperator(context))
  assertEffective(review, { kind: 'review.undone', author, batch: go }, { batch })
  const undone = countOfBatch(reader, batch)
  const reviewUid = readUid(reader, 'review', reviewId)
  const body = { v: 1, reviewUid, batchUid: readUid(reader, 'batch', batch), items: undone } as const
  commitOperation(context, { kind: 'review.undone', client: review.client.slug, subject: review.name, body })
  return { undone }
}
