import { z } from 'zod'

import { PLATFORMS } from '../../../shared/domain/keyless/platforms.ts'
import { KEYLESS } from '../../../shared/nouns/keyless.ts'
import { idParam, makeSearch } from '../../data/search-params.ts'

/** The filters and sort of the plan, the key whose panel is open, and the platform that the panel shows. */
export const searchSchema = makeSearch(KEYLESS, { key: idParam, on: z.enum(PLATFORMS).optional().catch(undefined) })

export type KeylessSearch = z.output<typeof searchSchema>
