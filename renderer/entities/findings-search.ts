import { z } from 'zod'

import { direction } from '../../shared/contract/common.ts'
import {
  CERTAINTY_FILTERS,
  FINDING_GROUPS,
  FINDING_SORTS,
  findingState,
  severity,
  subjectKind,
} from '../../shared/contract/findings.ts'
import { idParam, manyParam, textParam } from '../data/search-params.ts'

/** How the findings are shown: counted by rule (the default), client or subject, all of them, or over time. */
export const VIEWS = [...FINDING_GROUPS, 'all', 'trend'] as const

/** The search params of the page: view, filter, sort, and the finding whose panel is open. */
export const searchSchema = z.object({
  view: z.enum(VIEWS).optional().catch(undefined),
  q: textParam,
  severity: manyParam(severity),
  certainty: manyParam(z.enum(CERTAINTY_FILTERS)),
  rule: manyParam(z.string().max(200)),
  state: findingState.optional().catch(undefined),
  kind: manyParam(subjectKind),
  subject: idParam,
  person: idParam,
  /** The name of the saved view that is shown. */
  saved: textParam,
  sort: z.enum(FINDING_SORTS).optional().catch(undefined),
  dir: direction.optional().catch(undefined),
  trend: z.enum(['chart', 'table']).optional().catch(undefined),
  finding: idParam,
})

export type FindingsSearch = z.output<typeof searchSchema>
export type FindingsView = (typeof VIEWS)[number]
