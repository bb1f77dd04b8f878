import { accessIds, accessRows } from '../../register/access.ts'
import { readerOf } from '../context.ts'
import { os } from '../implementer.ts'
import { sliceOf } from './slices.ts'

export const accessRouter = {
  list: os.access.list.handler(({ context, input }) =>
    sliceOf(context, { list: 'access', query: input, ids: (query) => accessIds(readerOf(context), query) }, (ids) =>
      accessRows(readerOf(context), ids),
    ),
  ),
}
