import { os } from '../implementer.ts'
import { Refusal } from '../refusal.ts'

function pending(): never {
  throw new Refusal('CONFLICT', 'This is being built.', 'Wait.')
}

export const reviewsRouter = {
  schedule: os.reviews.schedule.handler(() => pending()),
  list: os.reviews.list.handler(() => pending()),
  get: os.reviews.get.handler(() => pending()),
  plan: os.reviews.plan.handler(() => pending()),
  open: os.reviews.open.handler(() => pending()),
  items: os.reviews.items.handler(() => pending()),
  item: os.reviews.item.handler(() => pending()),
  decide: os.reviews.decide.handler(() => pending()),
  undo: os.reviews.undo.handler(() => pending()),
  sign: os.reviews.sign.handler(() => pending()),
  acknowledge: os.reviews.acknowledge.handler(() => pending()),
  withdraw: os.reviews.withdraw.handler(() => pending()),
}
