import { assertWritable } from '../context.ts'
import { os } from '../implementer.ts'

export const settingsRouter = {
  get: os.settings.get.handler(({ context }) => context.session().preferences.get()),
  set: os.settings.set.handler(async ({ context, input }) => {
    assertWritable(context)
    const result = await context.session().preferences.set(input)
    context.events.changed('settings')
    return result
  }),
}
