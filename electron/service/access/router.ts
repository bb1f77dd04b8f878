import { accessIds, accessRows } from '../../register/access/access.ts'
import { getReader } from '../core/context.ts'
import { os } from '../core/implementer.ts'
import { readSlice } from '../core/slices.ts'

export const accessRouter = {
  list: os.access.list.handler(({ context, input }) =>
    readSlice(context, { list: 'access', query: input, ids: (query) => accessIds(getReader(context), query) }, (ids) =>
      accessRows(getReader(context), ids),
    ),
  ),
}
