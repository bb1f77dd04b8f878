import { keysContract } from '../../../shared/contract/keys.ts'
import { ROTATION_STATES } from '../../../shared/domain/rotation.ts'
import { firstKeys } from '../../register/keys/first-keys.ts'
import { countKeys, firstSeen, keyIds, keyRows } from '../../register/keys/keys.ts'
import { getLogicalKey, keyName, listRotations, readVersions } from '../../register/keys/rotation.ts'
import { keyUsers } from '../../register/keys/users.ts'
import { checkScope, getReader, makeMoment } from '../core/context.ts'
import { implementArea } from '../core/implementer.ts'
import { notFound, READ_AGAIN } from '../kit/refusal.ts'
import { marked, readLongSlice } from '../core/slices.ts'

const os = implementArea({ keys: keysContract })

export const keysRouter = {
  list: os.keys.list.handler(({ context, input }) =>
    readLongSlice(
      context,
      {
        list: 'keys',
        query: input,
        ids: (query) => keyIds(getReader(context), query, makeMoment(context)),
        first: (query, limit) => firstKeys(getReader(context), query, limit, context.now()),
      },
      (ids) => marked(context, 'key', keyRows(getReader(context), ids, makeMoment(context)), (row) => row.keyId, input),
    ),
  ),
  get: os.keys.get.handler(({ context, input }) => {
    const reader = getReader(context)
    const [plain] = keyRows(reader, [input.keyId], makeMoment(context))
    const name = keyName(reader, input.keyId)
    const seen = firstSeen(reader, input.keyId)
    const logicalKey = name === null ? null : getLogicalKey(reader, name.logicalKeyId)
    if (!plain || logicalKey === null || seen === null) throw notFound('This key', READ_AGAIN)
    const [row = plain] = marked(context, 'key', [plain], (one) => one.keyId, { client: plain.client.slug })
    return {
      row,
      logicalKey,
      versions: readVersions(reader, logicalKey.id),
      rotations: listRotations(reader, logicalKey.id),
      firstSeen: seen,
    }
  }),
  users: os.keys.users.handler(({ context, input }) => {
    const reader = getReader(context)
    const [row] = keyRows(reader, [input.keyId], makeMoment(context))
    if (!row) throw notFound('This key', READ_AGAIN)
    return keyUsers(reader, input.keyId, row.holder === 'workspace' ? 'workspace' : 'owner', context.now())
  }),
  counts: os.keys.counts.handler(({ context, input: { filter, by } }) => {
    checkScope(context, filter)
    const reader = getReader(context)
    const moment = makeMoment(context)
    const others = { ...filter, [by]: undefined, sort: { by: 'created', direction: 'asc' } as const }
    if (by !== 'rotation') return [...countKeys(reader, keyIds(reader, others, moment), by, moment.now)]
    return ROTATION_STATES.map((value) => ({
      value,
      count: keyIds(reader, { ...others, rotation: value }, moment).length,
    })).filter(({ count }) => count > 0)
  }),
}
