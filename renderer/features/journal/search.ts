import { z } from 'zod'

import { textParam } from '../../data/search-params.ts'

/** The filter of the audit log. */
export const searchSchema = z.object({ q: textParam })
