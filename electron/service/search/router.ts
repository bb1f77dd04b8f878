import { find } from '../../register/read/search.ts'
import { checkScope, readerOf } from '../core/context.ts'
import { os } from '../core/implementer.ts'

export const searchRouter = {
  find: os.search.find.handler(({ context, input }) => {
    checkScope(context, input)
    return find(readerOf(context), input, input.query, input.limit)
  }),
}
