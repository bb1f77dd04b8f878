import { os } from '../implementer.ts'
import { Refusal } from '../refusal.ts'

function pending(): never {
  throw new Refusal('CONFLICT', 'This is being built.', 'Wait.')
}

export const evidenceRouter = {
  pack: os.evidence.pack.handler(() => pending()),
  verify: os.evidence.verify.handler(() => pending()),
  verifyRegister: os.evidence.verifyRegister.handler(() => pending()),
}
