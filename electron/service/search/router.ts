import { find } from '../../register/read/search.ts'
import { checkScope, getReader } from '../core/context.ts'
import { os } from '../core/implementer.ts'

export const searchRouter = {
  find: os.search.find.handler(({ context, input }) => {
    checkScope(context, input)
    return find(getReader(context), input, input.query, input.limit)
  }),
}
