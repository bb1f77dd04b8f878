import { find } from '../../register/search.ts'
import { checkScope, readerOf } from '../context.ts'
import { os } from '../implementer.ts'

export const searchRouter = {
  find: os.search.find.handler(({ context, input }) => {
    checkScope(context, input)
    return find(readerOf(context), input, input.query, input.limit)
  }),
}
