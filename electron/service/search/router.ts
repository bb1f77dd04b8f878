import { searchContract } from '../../../shared/contract/files.ts'
import { find } from '../../register/read/search.ts'
import { checkScope, getReader } from '../core/context.ts'
import { implementArea } from '../core/implementer.ts'

const os = implementArea({ search: searchContract })

export const searchRouter = {
  find: os.search.find.handler(({ context, input }) => {
    checkScope(context, input)
    return find(getReader(context), input, input.query, input.limit)
  }),
}
