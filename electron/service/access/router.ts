import { accessContract } from '../../../shared/contract/access.ts'
import { accessIds, accessRows } from '../../register/access/access.ts'
import { firstAccess } from '../../register/access/first-access.ts'
import { certificateIds, certificateRows, currentCertificate } from '../../register/access/certificates.ts'
import { currentRule, federationIds, federationRows } from '../../register/access/federation.ts'
import { restrictionIds, restrictionRows } from '../../register/access/restrictions.ts'
import { serviceAccountIds, serviceAccountRows } from '../../register/access/service-accounts.ts'
import { getReader } from '../core/context.ts'
import { implementArea } from '../core/implementer.ts'
import { marked, readLongSlice, readSlice } from '../core/slices.ts'
import { notFound, READ_AGAIN } from '../kit/refusal.ts'

const os = implementArea({ access: accessContract })

export const accessRouter = {
  serviceAccounts: os.access.serviceAccounts.handler(({ context, input }) =>
    readSlice(
      context,
      {
        list: 'service-accounts',
        query: input,
        ids: (query) => serviceAccountIds(getReader(context), query, context.now()),
      },
      (ids) => {
        const rows = serviceAccountRows(getReader(context), ids, context.now())
        return marked(context, 'principal', rows, (row) => row.principalId, input)
      },
    ),
  ),
  certificates: os.access.certificates.handler(({ context, input }) =>
    readSlice(
      context,
      { list: 'certificates', query: input, ids: (query) => certificateIds(getReader(context), query) },
      (ids) => certificateRows(getReader(context), ids, context.now()),
    ),
  ),
  certificate: os.access.certificate.handler(({ context, input }) => {
    const reader = getReader(context)
    const [row] = certificateRows(reader, currentCertificate(reader, input.certificateId), context.now())
    if (!row) throw notFound('This certificate', READ_AGAIN)
    return row
  }),
  restrictions: os.access.restrictions.handler(({ context, input }) =>
    readSlice(
      context,
      { list: 'restrictions', query: input, ids: (query) => restrictionIds(getReader(context), query) },
      (ids) => restrictionRows(getReader(context), ids),
    ),
  ),
  federation: os.access.federation.handler(({ context, input }) =>
    readSlice(
      context,
      { list: 'federation', query: input, ids: (query) => federationIds(getReader(context), query) },
      (ids) =>
        marked(context, 'principal', federationRows(getReader(context), ids), (row) => row.account?.id ?? 0, input),
    ),
  ),
  federationRule: os.access.federationRule.handler(({ context, input }) => {
    const reader = getReader(context)
    const [plain] = federationRows(reader, currentRule(reader, input.federationId))
    if (!plain) throw notFound('This federation rule', READ_AGAIN)
    const scope = { client: plain.client.slug }
    const [row = plain] = marked(context, 'principal', [plain], (one) => one.account?.id ?? 0, scope)
    return row
  }),
  list: os.access.list.handler(({ context, input }) =>
    readLongSlice(
      context,
      {
        list: 'access',
        query: input,
        ids: (query) => accessIds(getReader(context), query, context.now()),
        first: (query, limit) => firstAccess(getReader(context), query, limit, context.now()),
      },
      (ids) => accessRows(getReader(context), ids, context.now()),
    ),
  ),
}
