import type { z } from 'zod'

import { ACCESS } from '../../../shared/nouns/access.ts'
import { makeSearch, textParam } from '../../data/search-params.ts'

/**
 * The search params of effective grants; `person`, `project` and `principal` filter the list, none of them opens a
 * panel. `saved` is the name of the saved view that is shown.
 */
export const searchSchema = makeSearch(ACCESS, { saved: textParam })

export type AccessSearch = z.output<typeof searchSchema>
