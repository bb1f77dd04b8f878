import { z } from 'zod'

import { direction } from '../../../shared/contract/common.ts'
import { PROJECT_SORTS, projectFilter } from '../../../shared/contract/projects.ts'
import { idParam, textParam } from '../../data/search-params.ts'

/** The search params of the project list: filter, sort, and the project whose panel is open. */
export const searchSchema = z.object({
  q: textParam,
  connection: idParam,
  status: projectFilter.shape.status.catch(undefined),
  sort: z.enum(PROJECT_SORTS).optional().catch(undefined),
  dir: direction.optional().catch(undefined),
  project: idParam,
})

export type ProjectsSearch = z.output<typeof searchSchema>
