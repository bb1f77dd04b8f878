import { z } from 'zod'

import { direction } from '../../../shared/contract/common.ts'
import { PROJECT_SORTS } from '../../../shared/contract/projects.ts'
import { PROJECT_STATUSES } from '../../../shared/domain/facts.ts'
import { idParam, manyParam, textParam } from '../../data/search-params.ts'

/** The search params of the project list: filter, sort, and the project whose panel is open. */
export const searchSchema = z.object({
  q: textParam,
  connection: idParam,
  status: manyParam(z.enum(PROJECT_STATUSES)),
  /** The name of the saved view that is shown. */
  saved: textParam,
  sort: z.enum(PROJECT_SORTS).optional().catch(undefined),
  dir: direction.optional().catch(undefined),
  project: idParam,
})

export type ProjectsSearch = z.output<typeof searchSchema>
