import { z } from 'zod'

import { idParam } from '../../data/search-params.ts'
import { MAP_FORMATS } from '../../../shared/domain/snippets/organization-map.ts'
import { SNIPPET_LANGUAGES } from '../../../shared/domain/snippets/project-snippet.ts'

/** The project, the language, and the form of the organization map. */
export const searchSchema = z.object({
  project: idParam,
  language: z.enum(SNIPPET_LANGUAGES).optional().catch(undefined),
  map: z.enum(MAP_FORMATS).optional().catch(undefined),
})

export type SnippetsSearch = z.output<typeof searchSchema>
