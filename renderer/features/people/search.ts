import { z } from 'zod'

import { direction, level } from '../../../shared/contract/common.ts'
import { MATCH_STATES, PEOPLE_SORTS, personRow } from '../../../shared/contract/people.ts'
import { idParam, textParam } from '../../data/search-params.ts'

/** What the people list shows: filter, sort, and the person whose panel is open; or the pairs who may be one. */
export const searchSchema = z.object({
  q: textParam,
  connection: idParam,
  project: idParam,
  level: level.optional().catch(undefined),
  privileged: z.boolean().optional().catch(undefined),
  status: personRow.shape.status.optional().catch(undefined),
  external: z.boolean().optional().catch(undefined),
  departed: z.boolean().optional().catch(undefined),
  sort: z.enum(PEOPLE_SORTS).optional().catch(undefined),
  dir: direction.optional().catch(undefined),
  person: idParam,
  view: z.enum(['list', 'matches']).optional().catch(undefined),
  /** Which pairs: open ones unless told. */
  matches: z.enum(MATCH_STATES).optional().catch(undefined),
})

export type PeopleSearch = z.output<typeof searchSchema>
