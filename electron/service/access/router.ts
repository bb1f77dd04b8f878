import { accessIds, accessRows } from '../../register/access/access.ts'
import { listCertificates } from '../../register/access/certificates.ts'
import { listFederation } from '../../register/access/federation.ts'
import { checkScope, getReader } from '../core/context.ts'
import { os } from '../core/implementer.ts'
import { readSlice } from '../core/slices.ts'

export const accessRouter = {
  certificates: os.access.certificates.handler(({ context, input }) => {
    checkScope(context, input)
    return listCertificates(getReader(context), input)
  }),
  federation: os.access.federation.handler(({ context, input }) => {
    checkScope(context, input)
    return listFederation(getReader(context), input)
  }),
  list: os.access.list.handler(({ context, input }) =>
    readSlice(context, { list: 'access', query: input, ids: (query) => accessIds(getReader(context), query) }, (ids) =>
      accessRows(getReader(context), ids),
    ),
  ),
}
