import { offboardingMarkdown } from '../../../shared/report/offboarding-markdown.ts'
import { assertWritable } from '../core/context.ts'
import { os } from '../core/implementer.ts'
import { addAll } from './add-all.ts'
import { offboardingOf } from './standing.ts'

export const offboardingRouter = {
  get: os.offboarding.get.handler(({ context, input }) => offboardingOf(context, input.client)),
  addAll: os.offboarding.addAll.handler(({ context, input }) => {
    assertWritable(context)
    return addAll(context, input.client)
  }),
  markdown: os.offboarding.markdown.handler(({ context, input }) => ({
    text: offboardingMarkdown(offboardingOf(context, input.client), context.now()),
  })),
  // What writes packs weighs more than most of the service; it is loaded when it is asked for.
  certificate: os.offboarding.certificate.handler(async ({ context, input }) =>
    (await import('./certificate.ts')).certify(context, input),
  ),
}
