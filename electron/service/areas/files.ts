import { os } from '../implementer.ts'
import { Refusal } from '../refusal.ts'

const soon = (): never => {
  throw new Refusal('CONFLICT', 'not wired', 'wait')
}
export const filesRouter = {
  plan: os.files.plan.handler(soon),
  import: os.files.import.handler(soon),
  exportRegister: os.files.exportRegister.handler(soon),
  renderRegister: os.files.renderRegister.handler(soon),
  exportCalendar: os.files.exportCalendar.handler(soon),
  renderCalendar: os.files.renderCalendar.handler(soon),
}
