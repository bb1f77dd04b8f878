import { os } from '../implementer.ts'
import { Refusal } from '../refusal.ts'

function pending(): never {
  throw new Refusal('CONFLICT', 'This is being built.', 'Wait.')
}

export const blastRouter = {
  get: os.blast.get.handler(() => pending()),
}
