import { z } from 'zod'

import { idParam } from '../../data/search-params.ts'

/** The panel beside the tree: one person, key or project. */
export const searchSchema = z.object({ person: idParam, key: idParam, project: idParam })

export type StructureSearch = z.output<typeof searchSchema>
