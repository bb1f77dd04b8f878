import { lazy, type Router } from '@orpc/server'

import type { Contract } from '../../../shared/contract/contract.ts'
import type { Context } from '../core/context.ts'

export type ServiceRouter = Router<Contract, Context>

/**
 * The implementation of the contract: one file of handlers for each area, loaded with its contract when one of them is first called.
 * A verb of the terminal calls one or two.
 */
export const router: ServiceRouter = {
  app: lazy(async () => ({ default: (await import('../app/router.ts')).appRouter })),
  settings: lazy(async () => ({ default: (await import('../settings/router.ts')).settingsRouter })),
  desktop: lazy(async () => ({ default: (await import('../desktop/router.ts')).desktopRouter })),
  updates: lazy(async () => ({ default: (await import('../updates/router.ts')).updatesRouter })),
  client: lazy(async () => ({ default: (await import('../clients/router.ts')).clientRouter })),
  connection: lazy(async () => ({ default: (await import('../connections/router.ts')).connectionRouter })),
  sync: lazy(async () => ({ default: (await import('../sync/router.ts')).syncRouter })),
  coverage: lazy(async () => ({ default: (await import('../coverage/router.ts')).coverageRouter })),
  counts: lazy(async () => ({ default: (await import('../counts/router.ts')).countsRouter })),
  team: lazy(async () => ({ default: (await import('../team/router.ts')).teamRouter })),
  today: lazy(async () => ({ default: (await import('../today/router.ts')).todayRouter })),
  structure: lazy(async () => ({ default: (await import('../structure/router.ts')).structureRouter })),
  people: lazy(async () => ({ default: (await import('../people/router.ts')).peopleRouter })),
  access: lazy(async () => ({ default: (await import('../access/router.ts')).accessRouter })),
  changes: lazy(async () => ({ default: (await import('../changes/router.ts')).changesRouter })),
  events: lazy(async () => ({ default: (await import('../events/router.ts')).eventsRouter })),
  journal: lazy(async () => ({ default: (await import('../journal/router.ts')).journalRouter })),
  projects: lazy(async () => ({ default: (await import('../projects/router.ts')).projectsRouter })),
  keys: lazy(async () => ({ default: (await import('../keys/router.ts')).keysRouter })),
  keyless: lazy(async () => ({ default: (await import('../keyless/router.ts')).keylessRouter })),
  views: lazy(async () => ({ default: (await import('../views/router.ts')).viewsRouter })),
  rotation: lazy(async () => ({ default: (await import('../rotation/router.ts')).rotationRouter })),
  policy: lazy(async () => ({ default: (await import('../policy/router.ts')).policyRouter })),
  files: lazy(async () => ({ default: (await import('../files/router.ts')).filesRouter })),
  search: lazy(async () => ({ default: (await import('../search/router.ts')).searchRouter })),
  snippets: lazy(async () => ({ default: (await import('../snippets/router.ts')).snippetsRouter })),
  findings: lazy(async () => ({ default: (await import('../findings/router.ts')).findingsRouter })),
  reviews: lazy(async () => ({ default: (await import('../reviews/router.ts')).reviewsRouter })),
  evidence: lazy(async () => ({ default: (await import('../evidence/router.ts')).evidenceRouter })),
  impact: lazy(async () => ({ default: (await import('../impact/router.ts')).impactRouter })),
  leavers: lazy(async () => ({ default: (await import('../leavers/router.ts')).leaversRouter })),
  offboarding: lazy(async () => ({ default: (await import('../offboarding/router.ts')).offboardingRouter })),
  recommendations: lazy(async () => ({ default: (await import('../recommendations/router.ts')).recommendationRouter })),
  remediation: lazy(async () => ({ default: (await import('../remediation/router.ts')).remediationRouter })),
  usage: lazy(async () => ({ default: (await import('../usage/router.ts')).usageRouter })),
  usageFolders: lazy(async () => ({ default: (await import('../usage-folders/router.ts')).usageFoldersRouter })),
  backup: lazy(async () => ({ default: (await import('../backup/router.ts')).backupRouter })),
  reconciliation: lazy(async () => ({ default: (await import('../reconciliation/router.ts')).reconciliationRouter })),
  prices: lazy(async () => ({ default: (await import('../prices/router.ts')).pricesRouter })),
  budgets: lazy(async () => ({ default: (await import('../budgets/router.ts')).budgetsRouter })),
  plan: lazy(async () => ({ default: (await import('../plans/router.ts')).planRouter })),
  planApply: lazy(async () => ({ default: (await import('../plan-apply/router.ts')).planApplyRouter })),
  reports: lazy(async () => ({ default: (await import('../reports/router.ts')).reportsRouter })),
}
