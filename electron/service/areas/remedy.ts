import { os } from '../implementer.ts'
import { Refusal } from '../refusal.ts'

function pending(): never {
  throw new Refusal('CONFLICT', 'This is being built.', 'Wait.')
}

export const remedyRouter = {
  list: os.remedy.list.handler(() => pending()),
  proposals: os.remedy.proposals.handler(() => pending()),
  add: os.remedy.add.handler(() => pending()),
  withdraw: os.remedy.withdraw.handler(() => pending()),
  preview: os.remedy.preview.handler(() => pending()),
  run: os.remedy.run.handler(() => pending()),
  takeSecret: os.remedy.takeSecret.handler(() => pending()),
  confirmDeployed: os.remedy.confirmDeployed.handler(() => pending()),
  markByHand: os.remedy.markByHand.handler(() => pending()),
}
