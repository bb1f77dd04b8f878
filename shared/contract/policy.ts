import { z } from 'zod'

import { SPEND_CONTROLS } from '../domain/policy.ts'
import { operation } from './common.ts'

const days = z.number().int().min(1).max(3650)
const months = z.number().int().min(1).max(24)
const most = z.number().int().min(1).max(1000)

export const policySchema = z.object({
  keyNamePattern: z.string().min(1).max(200),
  adminKeyDays: days,
  productionKeyDays: days,
  otherKeyDays: days,
  ceilingDays: days,
  leadDays: z.array(z.number().int().min(0).max(365)).min(1).max(12),
  overdueEveryDays: z.number().int().min(1).max(90),
  unusedFlagDays: days,
  unusedRemoveDays: days,
  neverUsedDays: days,
  expiryNoticeDays: days,
  productionKeysExpire: z.boolean(),
  maxPrivileged: most,
  maxAdminKeys: most,
  staleInviteDays: days,
  staleSyncDays: days,
  limitChangeDays: days,
  spendControl: z.enum(SPEND_CONTROLS),
  memberUnusedDays: days,
  idleProjectDays: days,
  contractorMaxProjects: most,
  reviewAdminsMonths: months,
  reviewKeysMonths: months,
  reviewRolesMonths: months,
  reviewMembershipMonths: months,
  reviewLeadDays: z.array(z.number().int().min(0).max(90)).min(1).max(12),
  reviewer: z.string().trim().max(200),
  acknowledger: z.string().trim().max(200),
})

export const policyContract = {
  /** The agency's policy, a client's override of it, and what results. */
  get: operation
    .input(z.object({ client: z.string().optional() }))
    .output(z.object({ policy: policySchema, override: policySchema.partial().nullable(), effective: policySchema })),
  /** Without a client: the agency's policy. With one: its override; null removes it. Due days are worked out anew. */
  set: operation
    .input(z.object({ client: z.string().optional(), values: policySchema.partial().nullable() }))
    .output(z.object({ effective: policySchema })),
}
