import { createRouterClient, lazy } from '@orpc/server'

import type { Context } from '../core/context.ts'

/** The areas whose operations undo what the audit log records, each loaded as it is called. */
const UNDOING = {
  budgets: lazy(async () => ({ default: (await import('../budgets/router.ts')).budgetsRouter })),
  client: lazy(async () => ({ default: (await import('../clients/router.ts')).clientRouter })),
  connection: lazy(async () => ({ default: (await import('../connections/router.ts')).connectionRouter })),
  findings: lazy(async () => ({ default: (await import('../findings/router.ts')).findingsRouter })),
  people: lazy(async () => ({ default: (await import('../people/router.ts')).peopleRouter })),
  plan: lazy(async () => ({ default: (await import('../plans/router.ts')).planRouter })),
  planApply: lazy(async () => ({ default: (await import('../plan-apply/router.ts')).planApplyRouter })),
  policy: lazy(async () => ({ default: (await import('../policy/router.ts')).policyRouter })),
  prices: lazy(async () => ({ default: (await import('../prices/router.ts')).pricesRouter })),
  remediation: lazy(async () => ({ default: (await import('../remediation/router.ts')).remediationRouter })),
  reports: lazy(async () => ({ default: (await import('../reports/router.ts')).reportsRouter })),
  reviews: lazy(async () => ({ default: (await import('../reviews/router.ts')).reviewsRouter })),
  rotation: lazy(async () => ({ default: (await import('../rotation/router.ts')).rotationRouter })),
  today: lazy(async () => ({ default: (await import('../today/router.ts')).todayRouter })),
  usage: lazy(async () => ({ default: (await import('../usage/router.ts')).usageRouter })),
  usageFolders: lazy(async () => ({ default: (await import('../usage-folders/router.ts')).usageFoldersRouter })),
  views: lazy(async () => ({ default: (await import('../views/router.ts')).viewsRouter })),
}

/** Calls them as the window does: each input is checked, and stays within the client of the session. */
export function createUndoApi(context: Context) {
  return createRouterClient(UNDOING, { context })
}
export type UndoApi = ReturnType<typeof createUndoApi>
