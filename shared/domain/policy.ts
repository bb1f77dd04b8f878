import { DEFAULT_KEY_NAME_PATTERN } from './naming.ts'

/** Where a spend limit or alert has to be set: nowhere, for the organization, or for each project that has keys too. */
export const SPEND_CONTROLS = ['none', 'organization', 'project'] as const

export type SpendControl = (typeof SPEND_CONTROLS)[number]

/** How keys are named, how long they may live, when to remind, and what counts as a finding. Days are whole calendar days. */
export interface Policy {
  readonly keyNamePattern: string
  readonly adminKeyDays: number
  readonly productionKeyDays: number
  readonly otherKeyDays: number
  /** No interval, whoever set it, is longer. */
  readonly ceilingDays: number
  /** Days before the due day on which to remind, longest first; 0 is the due day itself. */
  readonly leadDays: readonly number[]
  /** Days between reminders once overdue. */
  readonly overdueEveryDays: number
  /** A key that was not used for so long is flagged; after `unusedRemoveDays` it should go. */
  readonly unusedFlagDays: number
  readonly unusedRemoveDays: number
  /** A key that was never used since it was made so long ago should go. */
  readonly neverUsedDays: number
  /** An admin key that expires within so many days wants replacing. */
  readonly expiryNoticeDays: number
  /** Whether production keys have to expire. */
  readonly productionKeysExpire: boolean
  /** The most owners and admins, and the most admin keys, of one organization. */
  readonly maxPrivileged: number
  readonly maxAdminKeys: number
  /** An invite that nobody took up for so long is stale. */
  readonly staleInviteDays: number
  /** A connection that was not read for so long is stale. */
  readonly staleSyncDays: number
  /** For so long a changed limit is shown. */
  readonly limitChangeDays: number
  readonly spendControl: SpendControl
  /** A member, or an owner or admin, without any use for so long is a finding. */
  readonly memberUnusedDays: number
  /** A project without any use for so long is idle. */
  readonly idleProjectDays: number
  /** The most projects of one contractor. */
  readonly contractorMaxProjects: number
  /** Months between reviews of each kind. */
  readonly reviewAdminsMonths: number
  readonly reviewKeysMonths: number
  readonly reviewRolesMonths: number
  readonly reviewMembershipMonths: number
  /** Days before a review's due day on which to remind, longest first; 0 is the due day itself. */
  readonly reviewLeadDays: readonly number[]
  /** Who reviews, and who acknowledges; empty where nobody is named. */
  readonly reviewer: string
  readonly acknowledger: string
}

/** What a client changes; anything left out follows the agency's policy. */
export type PolicyOverride = Partial<Policy>

/**
 * Defaults: 90 days for admin and production keys (CIS AWS 2.13, GCP), 365 as the ceiling (GitGuardian's long-lived mark);
 * unused after 45 days (CIS 5.3), to be removed after 90 (PCI 8.2.6); privileged access and keys reviewed every month,
 * roles and membership every quarter (CIS 5.1, 5.5; PCI 7.2.4 asks for six months).
 */
export const DEFAULT_POLICY: Policy = {
  keyNamePattern: DEFAULT_KEY_NAME_PATTERN,
  adminKeyDays: 90,
  productionKeyDays: 90,
  otherKeyDays: 180,
  ceilingDays: 365,
  leadDays: [30, 14, 7, 1, 0],
  overdueEveryDays: 7,
  unusedFlagDays: 45,
  unusedRemoveDays: 90,
  neverUsedDays: 30,
  expiryNoticeDays: 14,
  productionKeysExpire: false,
  maxPrivileged: 5,
  maxAdminKeys: 3,
  staleInviteDays: 14,
  staleSyncDays: 7,
  limitChangeDays: 30,
  spendControl: 'organization',
  memberUnusedDays: 90,
  idleProjectDays: 90,
  contractorMaxProjects: 1,
  reviewAdminsMonths: 1,
  reviewKeysMonths: 1,
  reviewRolesMonths: 3,
  reviewMembershipMonths: 3,
  reviewLeadDays: [14, 7, 1, 0],
  reviewer: '',
  acknowledger: '',
}

export function withOverride(policy: Policy, override: PolicyOverride | null): Policy {
  return override ? { ...policy, ...override } : policy
}
