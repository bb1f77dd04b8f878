import { firstSeen, keyIds, keyRows } from '../../register/keys/keys.ts'
import { getLogicalKey, keyName, rotationsOf, versionsOf } from '../../register/keys/rotation.ts'
import { readerOf, momentOf } from '../core/context.ts'
import { os } from '../core/implementer.ts'
import { notFound, READ_AGAIN } from '../kit/refusal.ts'
import { marked, sliceOf } from '../core/slices.ts'

export const keysRouter = {
  list: os.keys.list.handler(({ context, input }) =>
    sliceOf(
      context,
      { list: 'keys', query: input, ids: (query) => keyIds(readerOf(context), query, momentOf(context)) },
      (ids) => marked(context, 'key', keyRows(readerOf(context), ids, momentOf(context)), (row) => row.keyId, input),
    ),
  ),
  get: os.keys.get.handler(({ context, input }) => {
    const reader = readerOf(context)
    const [plain] = keyRows(reader, [input.keyId], momentOf(context))
    const name = keyName(reader, input.keyId)
    const seen = firstSeen(reader, input.keyId)
    const logicalKey = name === null ? null : getLogicalKey(reader, name.logicalKeyId)
    if (!plain || logicalKey === null || seen === null) throw notFound('This key', READ_AGAIN)
    const [row = plain] = marked(context, 'key', [plain], (one) => one.keyId, { client: plain.client.slug })
    return {
      row,
      logicalKey,
      versions: versionsOf(reader, logicalKey.id),
      rotations: rotationsOf(reader, logicalKey.id),
      firstSeen: seen,
    }
  }),
}
