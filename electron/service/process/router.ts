import type { Router } from '@orpc/server'

import type { Contract } from '../../../shared/contract/contract.ts'
import { accessRouter } from '../access/router.ts'
import { recommendationRouter } from '../recommendations/router.ts'
import { appRouter } from '../app/router.ts'
import { impactRouter } from '../impact/router.ts'
import { budgetsRouter } from '../budgets/router.ts'
import { changesRouter } from '../changes/router.ts'
import { clientRouter } from '../clients/router.ts'
import { connectionRouter } from '../connections/router.ts'
import { backupRouter } from '../backup/router.ts'
import { reconciliationRouter } from '../reconciliation/router.ts'
import { desktopRouter } from '../desktop/router.ts'
import { eventsRouter } from '../events/router.ts'
import { evidenceRouter } from '../evidence/router.ts'
import { filesRouter } from '../files/router.ts'
import { findingsRouter } from '../findings/router.ts'
import { keysRouter } from '../keys/router.ts'
import { keylessRouter } from '../keyless/router.ts'
import { leaversRouter } from '../leavers/router.ts'
import { offboardingRouter } from '../offboarding/router.ts'
import { countsRouter } from '../counts/router.ts'
import { coverageRouter } from '../coverage/router.ts'
import { peopleRouter } from '../people/router.ts'
import { planApplyRouter } from '../plan-apply/router.ts'
import { planRouter } from '../plans/router.ts'
import { policyRouter } from '../policy/router.ts'
import { pricesRouter } from '../prices/router.ts'
import { projectsRouter } from '../projects/router.ts'
import { remediationRouter } from '../remediation/router.ts'
import { reportsRouter } from '../reports/router.ts'
import { reviewsRouter } from '../reviews/router.ts'
import { rotationRouter } from '../rotation/router.ts'
import { searchRouter } from '../search/router.ts'
import { settingsRouter } from '../settings/router.ts'
import { snippetsRouter } from '../snippets/router.ts'
import { structureRouter } from '../structure/router.ts'
import { syncRouter } from '../sync/router.ts'
import { teamRouter } from '../team/router.ts'
import { todayRouter } from '../today/router.ts'
import { usageRouter } from '../usage/router.ts'
import { usageFoldersRouter } from '../usage-folders/router.ts'
import { viewsRouter } from '../views/router.ts'
import type { Context } from '../core/context.ts'
import { os } from '../core/implementer.ts'

export type ServiceRouter = Router<Contract, Context>

/** The implementation of the contract: one file of handlers for each area. */
export const router: ServiceRouter = os.router({
  app: appRouter,
  settings: settingsRouter,
  desktop: desktopRouter,
  client: clientRouter,
  connection: connectionRouter,
  sync: syncRouter,
  coverage: coverageRouter,
  counts: countsRouter,
  team: teamRouter,
  today: todayRouter,
  structure: structureRouter,
  people: peopleRouter,
  access: accessRouter,
  changes: changesRouter,
  events: eventsRouter,
  projects: projectsRouter,
  keys: keysRouter,
  keyless: keylessRouter,
  views: viewsRouter,
  rotation: rotationRouter,
  policy: policyRouter,
  files: filesRouter,
  search: searchRouter,
  snippets: snippetsRouter,
  findings: findingsRouter,
  reviews: reviewsRouter,
  evidence: evidenceRouter,
  impact: impactRouter,
  leavers: leaversRouter,
  offboarding: offboardingRouter,
  recommendations: recommendationRouter,
  remediation: remediationRouter,
  usage: usageRouter,
  usageFolders: usageFoldersRouter,
  backup: backupRouter,
  reconciliation: reconciliationRouter,
  prices: pricesRouter,
  budgets: budgetsRouter,
  plan: planRouter,
  planApply: planApplyRouter,
  reports: reportsRouter,
})
