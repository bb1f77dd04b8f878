import { countsContract } from '../../../shared/contract/counts.ts'
import { readCounts } from '../../register/read/counts.ts'
import { checkScope, getReader, makeMoment } from '../core/context.ts'
import { implementArea } from '../core/implementer.ts'

const os = implementArea({ counts: countsContract })

export const countsRouter = {
  get: os.counts.get.handler(({ context, input }) => {
    checkScope(context, input)
    return readCounts(getReader(context), input, makeMoment(context))
  }),
}
