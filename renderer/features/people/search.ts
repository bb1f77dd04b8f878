import { z } from 'zod'

import { MATCH_STATES } from '../../../shared/contract/people.ts'
import { PEOPLE } from '../../../shared/nouns/people.ts'
import { idParam, makeSearch, textParam } from '../../data/search-params.ts'

/**
 * The search params of the people list: filter, sort, and the person whose panel is open; or the possible duplicates.
 */
export const searchSchema = makeSearch(PEOPLE, {
  /** The name of the saved view that is shown. */
  saved: textParam,
  person: idParam,
  view: z.enum(['list', 'matches']).optional().catch(undefined),
  /** Which pairs: open ones by default. */
  matches: z.enum(MATCH_STATES).optional().catch(undefined),
})

export type PeopleSearch = z.output<typeof searchSchema>
