import type { Rule } from './kit/rule.ts'
import { adminKeyCreated } from './rules/admin-key-created.ts'
import { adminKeyExpiring } from './rules/admin-key-expiring.ts'
import { adminKeyOld } from './rules/admin-key-old.ts'
import { adminKeyUnused } from './rules/admin-key-unused.ts'
import { adminKeysTooMany } from './rules/admin-keys-too-many.ts'
import { agencyStaffInArchivedClient } from './rules/agency-staff-in-archived-client.ts'
import { allowListRemoved } from './rules/allow-list-removed.ts'
import { archivedProjectMembers } from './rules/archived-project-members.ts'
import { borrowedAccess } from './rules/borrowed-access.ts'
import { certificateExpiring } from './rules/certificate-expiring.ts'
import { contractorManyProjects } from './rules/contractor-many-projects.ts'
import { contractorPrivileged } from './rules/contractor-privileged.ts'
import { defaultProjectInUse } from './rules/default-project-in-use.ts'
import { environmentsMixed } from './rules/environments-mixed.ts'
import { externalManyProjects } from './rules/external-many-projects.ts'
import { externalPrivileged } from './rules/external-privileged.ts'
import { federationAdmin } from './rules/federation-admin.ts'
import { federationAnyBranch } from './rules/federation-any-branch.ts'
import { federationIssuerOff } from './rules/federation-issuer-off.ts'
import { federationTokenLong } from './rules/federation-token-long.ts'
import { federationWildcard } from './rules/federation-wildcard.ts'
import { inviteExpired } from './rules/invite-expired.ts'
import { inviteStale } from './rules/invite-stale.ts'
import { jobFunctionRole } from './rules/job-function-role.ts'
import { keyBesideFederation } from './rules/key-beside-federation.ts'
import { keyBetweenSyncs } from './rules/key-between-syncs.ts'
import { keyCreatorUnknown } from './rules/key-creator-unknown.ts'
import { keyDeposited } from './rules/key-deposited.ts'
import { keyExpiryPastCeiling } from './rules/key-expiry-past-ceiling.ts'
import { keyInArchivedProject } from './rules/key-in-archived-project.ts'
import { keyNameOffConvention } from './rules/key-name-off-convention.ts'
import { keyNeverUsed } from './rules/key-never-used.ts'
import { keyOwnerRemoved } from './rules/key-owner-gone.ts'
import { keyOwnerNone } from './rules/key-owner-none.ts'
import { keyOwnerWithoutProject } from './rules/key-owner-without-project.ts'
import { keyProductionNoExpiry } from './rules/key-production-no-expiry.ts'
import { keyUnused } from './rules/key-unused.ts'
import { keyUnusedRemove } from './rules/key-unused-remove.ts'
import { keyWithoutProject } from './rules/key-without-project.ts'
import { lastUseNotReported } from './rules/last-use-not-reported.ts'
import { leaverWithAccess } from './rules/leaver-with-access.ts'
import { limitChanged } from './rules/limit-changed.ts'
import { memberUnused } from './rules/member-unused.ts'
import { organizationLimitDisagrees } from './rules/organization-limit-disagrees.ts'
import { organizationWithoutSpendLimit } from './rules/organization-without-spend-limit.ts'
import { ownershipGiven } from './rules/ownership-given.ts'
import { personOutsideDomains } from './rules/person-outside-domains.ts'
import { personalKeyInProduction } from './rules/personal-key-in-production.ts'
import { planKeyRenamed } from './rules/plan-key-renamed.ts'
import { planKeyUnexplained } from './rules/plan-key-unexplained.ts'
import { planMissing } from './rules/plan-missing.ts'
import { planOrganizationExtra } from './rules/plan-organization-extra.ts'
import { planOrganizationLimitDiffers } from './rules/plan-organization-limit-differs.ts'
import { planPersonExtra } from './rules/plan-person-extra.ts'
import { planPersonMisplaced } from './rules/plan-person-misplaced.ts'
import { planProjectExtra } from './rules/plan-project-extra.ts'
import { planProjectLimitDiffers } from './rules/plan-project-limit-differs.ts'
import { planProjectRenamed } from './rules/plan-project-renamed.ts'
import { planRoleDiffers } from './rules/plan-role-differs.ts'
import { privilegedSingle } from './rules/privileged-single.ts'
import { privilegedTooMany } from './rules/privileged-too-many.ts'
import { privilegedUnused } from './rules/privileged-unused.ts'
import { projectIdle } from './rules/project-idle.ts'
import { projectLimitDisagrees } from './rules/project-limit-disagrees.ts'
import { projectWithoutSpendLimit } from './rules/project-without-spend-limit.ts'
import { providerLogUnread } from './rules/provider-log-unread.ts'
import { reviewOverdue } from './rules/review-overdue.ts'
import { rotationOverdue } from './rules/rotation-overdue.ts'
import { serviceAccountAdmin } from './rules/service-account-admin.ts'
import { signOnOff } from './rules/sign-on-off.ts'
import { syncStale } from './rules/sync-stale.ts'
import { workspaceRecreated } from './rules/workspace-recreated.ts'

/** All rules, most severe first. A new rule needs a file, its test cases, and a line here. */
export const RULES: readonly Rule[] = [
  leaverWithAccess,
  adminKeyOld,
  externalPrivileged,
  keyOwnerRemoved,
  keyOwnerWithoutProject,
  keyOwnerNone,
  keyInArchivedProject,
  rotationOverdue,
  reviewOverdue,
  adminKeyUnused,
  contractorPrivileged,
  externalManyProjects,
  agencyStaffInArchivedClient,
  borrowedAccess,
  federationWildcard,
  federationAdmin,
  serviceAccountAdmin,
  adminKeyCreated,
  allowListRemoved,
  signOnOff,
  adminKeyExpiring,
  certificateExpiring,
  adminKeysTooMany,
  privilegedTooMany,
  privilegedSingle,
  privilegedUnused,
  personalKeyInProduction,
  keyWithoutProject,
  keyNeverUsed,
  keyUnusedRemove,
  keyDeposited,
  keyExpiryPastCeiling,
  contractorManyProjects,
  jobFunctionRole,
  environmentsMixed,
  workspaceRecreated,
  federationAnyBranch,
  keyBesideFederation,
  ownershipGiven,
  keyBetweenSyncs,
  organizationWithoutSpendLimit,
  organizationLimitDisagrees,
  projectLimitDisagrees,
  planMissing,
  planPersonExtra,
  planRoleDiffers,
  planPersonMisplaced,
  planKeyUnexplained,
  planProjectLimitDiffers,
  planOrganizationLimitDiffers,
  syncStale,
  keyUnused,
  keyCreatorUnknown,
  keyProductionNoExpiry,
  keyNameOffConvention,
  personOutsideDomains,
  memberUnused,
  inviteExpired,
  inviteStale,
  archivedProjectMembers,
  projectIdle,
  defaultProjectInUse,
  projectWithoutSpendLimit,
  planOrganizationExtra,
  planProjectExtra,
  planProjectRenamed,
  planKeyRenamed,
  federationIssuerOff,
  federationTokenLong,
  limitChanged,
  providerLogUnread,
  lastUseNotReported,
]

const BY_ID: ReadonlyMap<string, Rule> = new Map(RULES.map((rule) => [rule.id, rule]))

/** The rule with an id; undefined for one that a newer version wrote. */
export function parseRule(id: string): Rule | undefined {
  return BY_ID.get(id)
}
