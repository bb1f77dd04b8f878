import { z } from 'zod'

import { FINDING_GROUPS } from '../../shared/contract/findings.ts'
import { FINDINGS } from '../../shared/nouns/findings.ts'
import { idParam, makeSearch, textParam } from '../data/search-params.ts'

/** How the findings are shown: counted by rule (the default), client or subject, all of them, or over time. */
export const VIEWS = [...FINDING_GROUPS, 'all', 'trend'] as const

/** The search params of the page: view, filter, sort, and the finding whose panel is open. */
export const searchSchema = makeSearch(FINDINGS, {
  view: z.enum(VIEWS).optional().catch(undefined),
  /** The name of the saved view that is shown. */
  saved: textParam,
  trend: z.enum(['chart', 'table']).optional().catch(undefined),
  finding: idParam,
})

export type FindingsSearch = z.output<typeof searchSchema>
export type FindingsView = (typeof VIEWS)[number]
