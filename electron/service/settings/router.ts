import { settingsContract } from '../../../shared/contract/app.ts'
import { assertWritable } from '../core/context.ts'
import { implementArea } from '../core/implementer.ts'

const os = implementArea({ settings: settingsContract })

export const settingsRouter = {
  get: os.settings.get.handler(({ context }) => context.session().preferences.get()),
  set: os.settings.set.handler(async ({ context, input }) => {
    assertWritable(context)
    const result = await context.session().preferences.set(input)
    context.events.changed('settings')
    return result
  }),
}
