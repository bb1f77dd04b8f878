import { listReminders, setSeen } from '../../register/keys/reminder.ts'
import { assertWritable, checkScope, getReader, makeRegister } from '../core/context.ts'
import { os } from '../core/implementer.ts'
import { checkReminders } from './reminders.ts'

export const remindersRouter = {
  list: os.reminders.list.handler(({ context, input }) => {
    checkScope(context, input)
    return listReminders(getReader(context), input, input.unseen, input.limit)
  }),
  seen: os.reminders.seen.handler(({ context, input }) => {
    assertWritable(context)
    makeRegister(context).transact((writer) => setSeen(writer, input.ids, context.now()))
    context.events.changed('reminders')
    return { done: true as const }
  }),
  check: os.reminders.check.handler(({ context }) => ({ fired: checkReminders(context) })),
}
