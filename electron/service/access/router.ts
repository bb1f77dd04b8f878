import { accessIds, accessRows } from '../../register/access/access.ts'
import { readerOf } from '../core/context.ts'
import { os } from '../core/implementer.ts'
import { sliceOf } from '../core/slices.ts'

export const accessRouter = {
  list: os.access.list.handler(({ context, input }) =>
    sliceOf(context, { list: 'access', query: input, ids: (query) => accessIds(readerOf(context), query) }, (ids) =>
      accessRows(readerOf(context), ids),
    ),
  ),
}
