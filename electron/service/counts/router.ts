import { readCounts } from '../../register/read/counts.ts'
import { checkScope, getReader, makeMoment } from '../core/context.ts'
import { os } from '../core/implementer.ts'

export const countsRouter = {
  get: os.counts.get.handler(({ context, input }) => {
    checkScope(context, input)
    return readCounts(getReader(context), input, makeMoment(context))
  }),
}
