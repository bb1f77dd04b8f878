import type { ContractRouterClient, InferContractRouterInputs, InferContractRouterOutputs } from '@orpc/contract'

import { accessContract } from './access.ts'
import { recommendationContract } from './recommendations.ts'
import { appContract, desktopContract, settingsContract } from './app.ts'
import { impactContract } from './impact.ts'
import { budgetsContract } from './budgets.ts'
import { changesContract } from './changes.ts'
import { clientContract } from './clients.ts'
import { connectionContract } from './connections.ts'
import { countsContract } from './counts.ts'
import { coverageContract } from './coverage.ts'
import { backupContract } from './backup.ts'
import { reconciliationContract } from './reconciliation.ts'
import { eventsContract } from './events.ts'
import { evidenceContract } from './evidence.ts'
import { filesContract, searchContract } from './files.ts'
import { findingsContract } from './findings.ts'
import { journalContract } from './journal.ts'
import { keylessContract } from './keyless.ts'
import { keysContract } from './keys.ts'
import { leaversContract } from './leavers.ts'
import { offboardingContract } from './offboarding.ts'
import { peopleContract } from './people.ts'
import { planApplyContract } from './plan-apply.ts'
import { planContract } from './plans.ts'
import { policyContract } from './policy.ts'
import { pricesContract } from './prices.ts'
import { projectsContract } from './projects.ts'
import { remediationContract } from './remediation.ts'
import { reportsContract } from './reports.ts'
import { reviewsContract } from './reviews.ts'
import { rotationContract } from './rotation.ts'
import { snippetsContract } from './snippets.ts'
import { structureContract } from './structure.ts'
import { syncContract } from './sync.ts'
import { teamContract } from './team.ts'
import { todayContract } from './today.ts'
import { updatesContract } from './updates.ts'
import { usageContract } from './usage.ts'
import { usageFoldersContract } from './usage-folders.ts'
import { viewsContract } from './views.ts'

/** All operations of Castellan. The service implements them; the window, the terminal and the tests call them. */
export const contract = {
  app: appContract,
  settings: settingsContract,
  desktop: desktopContract,
  updates: updatesContract,
  client: clientContract,
  connection: connectionContract,
  sync: syncContract,
  coverage: coverageContract,
  counts: countsContract,
  team: teamContract,
  today: todayContract,
  structure: structureContract,
  people: peopleContract,
  access: accessContract,
  changes: changesContract,
  events: eventsContract,
  journal: journalContract,
  projects: projectsContract,
  keys: keysContract,
  keyless: keylessContract,
  rotation: rotationContract,
  policy: policyContract,
  files: filesContract,
  search: searchContract,
  snippets: snippetsContract,
  findings: findingsContract,
  reviews: reviewsContract,
  evidence: evidenceContract,
  impact: impactContract,
  leavers: leaversContract,
  offboarding: offboardingContract,
  recommendations: recommendationContract,
  remediation: remediationContract,
  usage: usageContract,
  usageFolders: usageFoldersContract,
  backup: backupContract,
  reconciliation: reconciliationContract,
  prices: pricesContract,
  budgets: budgetsContract,
  plan: planContract,
  planApply: planApplyContract,
  reports: reportsContract,
  views: viewsContract,
}

export type Contract = typeof contract
export type Api = ContractRouterClient<Contract>
export type Inputs = InferContractRouterInputs<Contract>
export type Outputs = InferContractRouterOutputs<Contract>
