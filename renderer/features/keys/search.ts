import { z } from 'zod'

import { direction } from '../../../shared/contract/common.ts'
import { KEY_SORTS, keyFilter } from '../../../shared/contract/keys.ts'
import { idParam, textParam } from '../../data/search-params.ts'

/**
 * The search params of the key list: filter, sort, and the key whose panel is open. `owner` is the person who owns the
 * keys.
 */
export const searchSchema = z.object({
  q: textParam,
  connection: idParam,
  project: idParam,
  owner: idParam,
  kind: keyFilter.shape.kind.catch(undefined),
  rotation: keyFilter.shape.rotation.catch(undefined),
  flag: keyFilter.shape.flag.catch(undefined),
  environment: textParam,
  status: keyFilter.shape.status.catch(undefined),
  sort: z.enum(KEY_SORTS).optional().catch(undefined),
  dir: direction.optional().catch(undefined),
  key: idParam,
})

export type KeysSearch = z.output<typeof searchSchema>
