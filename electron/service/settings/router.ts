import { assertWritable } from '../core/context.ts'
import { os } from '../core/implementer.ts'

export const settingsRouter = {
  get: os.settings.get.handler(({ context }) => context.session().preferences.get()),
  set: os.settings.set.handler(async ({ context, input }) => {
    assertWritable(context)
    const result = await context.session().preferences.set(input)
    context.events.changed('settings')
    return result
  }),
}
