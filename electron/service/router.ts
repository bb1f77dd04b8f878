import type { Router } from '@orpc/server'

import type { Contract } from '../../shared/contract/contract.ts'
import { accessRouter } from './areas/access.ts'
import { adviceRouter } from './areas/advice.ts'
import { appRouter } from './areas/app.ts'
import { blastRouter } from './areas/blast.ts'
import { budgetsRouter } from './areas/budgets.ts'
import { changesRouter } from './areas/changes.ts'
import { clientRouter } from './areas/client.ts'
import { connectionRouter } from './areas/connection.ts'
import { backupRouter } from './areas/backup.ts'
import { coverageRouter } from './areas/coverage.ts'
import { desktopRouter } from './areas/desktop.ts'
import { evidenceRouter } from './areas/evidence.ts'
import { filesRouter } from './areas/files.ts'
import { findingsRouter } from './areas/findings.ts'
import { keysRouter } from './areas/keys.ts'
import { leaversRouter } from './areas/leavers.ts'
import { offboardingRouter } from './areas/offboarding.ts'
import { overviewRouter } from './areas/overview.ts'
import { peopleRouter } from './areas/people.ts'
import { planApplyRouter } from './areas/plan-apply.ts'
import { planRouter } from './areas/plan.ts'
import { policyRouter } from './areas/policy.ts'
import { pricesRouter } from './areas/prices.ts'
import { projectsRouter } from './areas/projects.ts'
import { remedyRouter } from './areas/remedy.ts'
import { remindersRouter } from './areas/reminders.ts'
import { reportsRouter } from './areas/reports.ts'
import { reviewsRouter } from './areas/reviews.ts'
import { rotationRouter } from './areas/rotation.ts'
import { searchRouter } from './areas/search.ts'
import { settingsRouter } from './areas/settings.ts'
import { snippetsRouter } from './areas/snippets.ts'
import { structureRouter } from './areas/structure.ts'
import { syncRouter } from './areas/sync.ts'
import { usageRouter } from './areas/usage.ts'
import { usageFoldersRouter } from './areas/usage-folders.ts'
import type { Context } from './context.ts'
import { os } from './implementer.ts'

export type ServiceRouter = Router<Contract, Context>

/** The contract, implemented: one file of handlers for each area. */
export const router: ServiceRouter = os.router({
  app: appRouter,
  settings: settingsRouter,
  desktop: desktopRouter,
  client: clientRouter,
  connection: connectionRouter,
  sync: syncRouter,
  overview: overviewRouter,
  structure: structureRouter,
  people: peopleRouter,
  access: accessRouter,
  changes: changesRouter,
  projects: projectsRouter,
  keys: keysRouter,
  rotation: rotationRouter,
  reminders: remindersRouter,
  policy: policyRouter,
  files: filesRouter,
  search: searchRouter,
  snippets: snippetsRouter,
  findings: findingsRouter,
  reviews: reviewsRouter,
  evidence: evidenceRouter,
  blast: blastRouter,
  leavers: leaversRouter,
  offboarding: offboardingRouter,
  advice: adviceRouter,
  remedy: remedyRouter,
  usage: usageRouter,
  usageFolders: usageFoldersRouter,
  backup: backupRouter,
  coverage: coverageRouter,
  prices: pricesRouter,
  budgets: budgetsRouter,
  plan: planRouter,
  planApply: planApplyRouter,
  reports: reportsRouter,
})
