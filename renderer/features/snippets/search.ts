import { z } from 'zod'

import { idParam } from '../../data/search-params.ts'
import { MAP_FORMATS } from '../../../shared/domain/snippets/organization-map.ts'
import { SNIPPET_LANGUAGES } from '../../../shared/domain/snippets/project-snippet.ts'

/** Of which project, in which language; in which form the map of organizations stands. */
export const searchSchema = z.object({
  project: idParam,
  language: z.enum(SNIPPET_LANGUAGES).optional().catch(undefined),
  map: z.enum(MAP_FORMATS).optional().catch(undefined),
})

export type SnippetsSearch = z.output<typeof searchSchema>
