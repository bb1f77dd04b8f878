import { lastPosition, listPositions } from '../../../shared/domain/reviews/positions.ts'
import { findReviewVoid, type ReviewAct, type ReviewStanding } from '../../../shared/domain/reviews/rules.ts'
import type { ReviewOperation, REVIEW_OPERATIONS } from '../../../shared/decisions/reviews.ts'
import type { Writer } from '../db/handles.ts'
import { getBatch, insertBatch, itemsAt, type StoredBatch, undoBatch } from '../reviews/deciding.ts'
import { acknowledgeReview, closeEmptyReview, signReview, withdrawReview } from '../reviews/ending.ts'
import { hasFrozen } from '../reviews/frozen-store.ts'
import { openReview } from '../reviews/list.ts'
import { insertReview } from '../reviews/opening.ts'
import { findStanding } from '../reviews/standing.ts'
import { type Appliers, type Effect, findClient, NO_NUMBERS } from './applier.ts'

/**
 * Does something to the review of an operation, unless the rule has it without effect in this state. Whether its author may do it was
 * decided before: the names in the tables do not show who is a member of a team.
 */
function change(
  writer: Writer,
  { client, body }: ReviewOperation,
  act: ReviewAct,
  work: (reviewId: number) => Effect | null,
): Effect {
  const review: (ReviewStanding & { readonly reviewId: number }) | null = findStanding(writer, client, body.reviewUid)
  if (review === null || findReviewVoid(review, act) !== null) return NO_NUMBERS
  return { review: review.reviewId, ...work(review.reviewId) }
}

function toBatch({ decidedBy, undoneAt }: StoredBatch) {
  return { author: { member: null, name: decidedBy }, isUndone: undoneAt !== null }
}

export const reviewAppliers: Appliers<keyof typeof REVIEW_OPERATIONS> = {
  'review.opened': (writer, operation) => {
    const { kind, subject: name, at, operator: by, body } = operation
    const { reviewUid: uid, kind: of, dueOn, override = null, previousUid, population } = body
    const clientId = findClient(writer, operation)
    const isKnown = writer.value<number>('SELECT id FROM review WHERE uid = ?', [uid]) !== undefined
    const isOpen = isKnown || openReview(writer, clientId, of) !== null
    if (findReviewVoid(null, { kind, isOpen }) !== null || !hasFrozen(writer, population)) return NO_NUMBERS
    const previousId = writer.value<number>('SELECT id FROM review WHERE uid = ?', [previousUid]) ?? null
    const review = { uid, clientId, kind: of, name, at, by, dueOn, override, previousId }
    const { reviewId, firstItem } = insertReview(writer, review)
    return { review: reviewId, ...(firstItem === null ? {} : { firstItem }) }
  },
  'review.empty': (writer, operation) =>
    change(writer, operation, { kind: operation.kind }, (reviewId) => {
      closeEmptyReview(writer, reviewId, operation.at)
      return null
    }),
  'review.decided': (writer, operation) => {
    const { kind, at, operator: by, body } = operation
    const { batchUid: uid, positions, self, decision, to = null, why = null, until = null } = body
    const act = { kind, last: lastPosition(positions), isKnown: getBatch(writer, uid) !== null } as const
    return change(writer, operation, act, (reviewId) => {
      const own = new Set(listPositions(self))
      const all = listPositions(positions)
      const items = itemsAt(writer, reviewId, all).map((item) => ({ ...item, self: own.has(item.position) }))
      return {
        batch: insertBatch(writer, { uid, reviewId, at, by, decision, to, why, until, size: all.length, items }),
      }
    })
  },
  'review.undone': (writer, operation) => {
    const { kind, at, body } = operation
    const found = getBatch(writer, body.batchUid)
    const act = { kind, author: null, batch: found && toBatch(found) }
    return change(writer, operation, act, (reviewId) => {
      if (found?.reviewId !== reviewId) return null
      undoBatch(writer, found.id, at)
      return { batch: found.id }
    })
  },
  'review.signed': (writer, operation) => {
    const { kind, at, operator, body } = operation
    const { as: by, on, carried = null } = body
    const act = { kind, carried: carried !== null, isBehind: false } as const
    return change(writer, operation, act, (reviewId) => {
      signReview(writer, reviewId, { by, operator, at, on, carried })
      return null
    })
  },
  'review.acknowledged': (writer, operation) => {
    const { kind, at, operator, body } = operation
    return change(writer, operation, { kind, author: null }, (reviewId) => {
      acknowledgeReview(writer, reviewId, { by: body.as, operator, at })
      return null
    })
  },
  'review.withdrawn': (writer, operation) =>
    change(writer, operation, { kind: operation.kind }, (reviewId) => {
      withdrawReview(writer, reviewId, operation.body.why, operation.at)
      return null
    }),
}
