import { z } from 'zod'

import { direction } from '../../../shared/contract/common.ts'
import { KEY_ACCOUNTS, KEY_FLAGS, KEY_SORTS, type KeyFilter } from '../../../shared/contract/keys.ts'
import { KEY_KINDS } from '../../../shared/domain/facts.ts'
import { KEY_STATUSES } from '../../../shared/domain/key-status.ts'
import { ROTATION_STATES } from '../../../shared/domain/rotation.ts'
import { idParam, manyParam, textParam } from '../../data/search-params.ts'

/**
 * The search params of the key list: filter, sort, and the key whose panel is open. `owner` is the person who owns the
 * keys.
 */
export const searchSchema = z.object({
  q: textParam,
  connection: idParam,
  project: idParam,
  owner: idParam,
  kind: manyParam(z.enum(KEY_KINDS)),
  rotation: manyParam(z.enum(ROTATION_STATES)),
  flag: manyParam(z.enum(KEY_FLAGS)),
  environment: manyParam(z.string().max(200)),
  status: manyParam(z.enum(KEY_STATUSES)),
  account: manyParam(z.enum(KEY_ACCOUNTS)),
  /** Due within so many days, overdue ones included. */
  within: z.number().int().min(0).max(3650).optional().catch(undefined),
  /** The name of the saved view that is shown. */
  saved: textParam,
  sort: z.enum(KEY_SORTS).optional().catch(undefined),
  dir: direction.optional().catch(undefined),
  key: idParam,
})

export type KeysSearch = z.output<typeof searchSchema>

/** The search params that filter any list of keys. */
export const COMMON_FILTERS = [
  'q',
  'connection',
  'project',
  'owner',
  'kind',
  'flag',
  'environment',
  'status',
  'account',
] as const

/** The filter of the contract for the search params of a list of keys, without its due days. */
export function toKeyFilter(search: Omit<KeysSearch, 'within'> & { readonly client?: string | undefined }): KeyFilter {
  const { client, q, connection, project, owner, kind, rotation, flag, environment, status, account } = search
  return { client, search: q, connection, project, person: owner, kind, rotation, flag, environment, status, account }
}
