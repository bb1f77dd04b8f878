import { z } from 'zod'

import { KEYS } from '../../../shared/nouns/keys.ts'
import { idParam, listParams, makeSearch, textParam } from '../../data/search-params.ts'

/**
 * The search params of the key list: filter, sort, and the key whose panel is open. `owner` is the person who owns the
 * keys.
 */
export const searchSchema = makeSearch(KEYS, {
  /** Due within so many days, overdue ones included. */
  within: z.number().int().min(0).max(3650).optional().catch(undefined),
  /** The name of the saved view that is shown. */
  saved: textParam,
  key: idParam,
})

export type KeysSearch = z.output<typeof searchSchema>

/** The search params that filter any list of keys. */
export const COMMON_FILTERS = listParams(KEYS).filter((param) => param !== 'rotation')
