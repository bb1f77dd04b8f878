import { z } from 'zod'

import { direction, level } from '../../../shared/contract/common.ts'
import { MATCH_STATES, PEOPLE_SORTS, personRow } from '../../../shared/contract/people.ts'
import { idParam, manyParam, textParam } from '../../data/search-params.ts'

/**
 * The search params of the people list: filter, sort, and the person whose panel is open; or the possible duplicates.
 */
export const searchSchema = z.object({
  q: textParam,
  connection: idParam,
  project: idParam,
  level: manyParam(level),
  privileged: z.boolean().optional().catch(undefined),
  status: manyParam(personRow.shape.status),
  external: z.boolean().optional().catch(undefined),
  departed: z.boolean().optional().catch(undefined),
  /** The name of the saved view that is shown. */
  saved: textParam,
  sort: z.enum(PEOPLE_SORTS).optional().catch(undefined),
  dir: direction.optional().catch(undefined),
  person: idParam,
  view: z.enum(['list', 'matches']).optional().catch(undefined),
  /** Which pairs: open ones by default. */
  matches: z.enum(MATCH_STATES).optional().catch(undefined),
})

export type PeopleSearch = z.output<typeof searchSchema>
