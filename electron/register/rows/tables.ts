import { clientTable } from './clients.ts'
import { connectionTable, custodianTable } from './connections.ts'
import { acceptanceTable } from './findings.ts'
import { logicalKeyTable, snoozeTable } from './keys.ts'
import { lastReviewTable, mergeTable, rejectionTable } from './people.ts'
import { planAnswerTable, planBindingTable, planTable, planVersionTable } from './plans.ts'
import { policyTable } from './policies.ts'
import { remediationTable } from './remediation.ts'
import { reportTable } from './reports.ts'
import { batchTable, reviewTable } from './reviews.ts'
import type { TableOf } from './table-of.ts'
import { todayTable } from './today.ts'
import { budgetTable, folderTable, priceTable } from './usage.ts'
import { viewTable } from './views.ts'

/** The tables that follow from decisions alone; a row comes after what it belongs to. */
export const TABLES: readonly TableOf[] = [
  clientTable,
  connectionTable,
  custodianTable,
  reportTable,
  viewTable,
  budgetTable,
  priceTable,
  folderTable,
  acceptanceTable,
  todayTable,
  logicalKeyTable,
  snoozeTable,
  planTable,
  planVersionTable,
  planBindingTable,
  planAnswerTable,
  mergeTable,
  rejectionTable,
  reviewTable,
  batchTable,
  lastReviewTable,
  remediationTable,
  policyTable,
]
