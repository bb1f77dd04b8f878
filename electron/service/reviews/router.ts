import { reviewsContract } from '../../../shared/contract/reviews.ts'
import { mentionsOfKey, mentionsOfPerson } from '../../register/reviews/about.ts'
import { reviewMarks } from '../../register/reviews/ending.ts'
import { itemIds, itemRows } from '../../register/reviews/items.ts'
import { findPrevious, reviewIds, reviewRows } from '../../register/reviews/list.ts'
import { schedule } from '../../register/reviews/schedule/schedule.ts'
import { listSources } from '../../register/reviews/sources.ts'
import { checkScope, getReader, getToday, makeMoment } from '../core/context.ts'
import { implementArea } from '../core/implementer.ts'
import { notFound, READ_AGAIN } from '../kit/refusal.ts'
import { decideItems, listItems, undoItems } from './deciding.ts'
import { acknowledgeAs, signAs, withdraw } from './ending.ts'
import { openNewReview, planReview } from './opening.ts'
import { describeTeam } from './members.ts'
import { existing } from './reviews.ts'
import { rolesFor } from './provider-roles.ts'
import { readSlice } from '../core/slices.ts'

const os = implementArea({ reviews: reviewsContract })

export const reviewsRouter = {
  schedule: os.reviews.schedule.handler(({ context, input }) => {
    checkScope(context, input)
    return schedule(getReader(context), input, makeMoment(context)).map(({ row }) => row)
  }),
  list: os.reviews.list.handler(({ context, input }) =>
    readSlice(context, { list: 'reviews', query: input, ids: (query) => reviewIds(getReader(context), query) }, (ids) =>
      reviewRows(getReader(context), ids, getToday(context)),
    ),
  ),
  get: os.reviews.get.handler(({ context, input: { reviewId } }) => {
    const reader = getReader(context)
    return {
      row: existing(context, reviewId),
      sources: listSources(reader, reviewId),
      marks: reviewMarks(reader, reviewId),
      previousReviewId: findPrevious(reader, reviewId),
      team: describeTeam(context, reviewId),
    }
  }),
  plan: os.reviews.plan.handler(({ context, input }) => planReview(context, input)),
  open: os.reviews.open.handler(({ context, input }) => openNewReview(context, input)),
  items: os.reviews.items.handler(({ context, input }) => {
    existing(context, input.reviewId)
    return readSlice(
      context,
      { list: 'review-items', query: input, ids: (query) => itemIds(getReader(context), query.reviewId, query) },
      (ids) => itemRows(getReader(context), ids, context.now()),
    )
  }),
  item: os.reviews.item.handler(({ context, input: { itemId } }) => {
    const [item] = itemRows(getReader(context), [itemId], context.now())
    if (!item) throw notFound('This item', READ_AGAIN)
    return item
  }),
  about: os.reviews.about.handler(({ context, input }) => {
    if ('keyId' in input) return mentionsOfKey(getReader(context), input.keyId)
    checkScope(context, input)
    return mentionsOfPerson(getReader(context), input.personId, input)
  }),
  roles: os.reviews.roles.handler(({ context, input }) => {
    existing(context, input.reviewId)
    return rolesFor(getReader(context), listItems(context, input))
  }),
  decide: os.reviews.decide.handler(({ context, input }) => decideItems(context, input)),
  undo: os.reviews.undo.handler(({ context, input }) => undoItems(context, input.reviewId, input.batch)),
  sign: os.reviews.sign.handler(({ context, input }) => signAs(context, input)),
  acknowledge: os.reviews.acknowledge.handler(({ context, input }) => acknowledgeAs(context, input.reviewId, input.as)),
  withdraw: os.reviews.withdraw.handler(({ context, input }) => withdraw(context, input.reviewId, input.why)),
}
