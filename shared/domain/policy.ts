import type { Certainty } from './certainty.ts'
import { DEFAULT_KEY_NAME_PATTERN } from './naming.ts'

/** The section of the settings that shows a field. */
export type PolicySection =
  | 'names'
  | 'intervals'
  | 'reminders'
  | 'reading'
  | 'reviewMonths'
  | 'reviews'
  | 'findingDays'
  | 'findingLimits'

type FieldWords = readonly [section: PolicySection, label: string, description?: string]

function field<K extends string, T, R extends object>(
  kind: K,
  fallback: T,
  rules: R,
  [section, label, description]: FieldWords,
) {
  return { kind, default: fallback, ...rules, section, label, description } as const
}

/** A number of whole calendar days. */
const days = (fallback: number, ...shown: FieldWords) =>
  field('number', fallback, { least: 1, most: 3650, unit: ' days' }, shown)
const months = (fallback: number, ...shown: FieldWords) =>
  field('number', fallback, { least: 1, most: 24, unit: ' months' }, shown)
const count = (fallback: number, ...shown: FieldWords) =>
  field('number', fallback, { least: 1, most: 1000, unit: '' }, shown)
/** Days before a due day on which to remind, longest first; 0 is the due day itself. */
const leads = (fallback: readonly number[], most: number, ...shown: FieldWords) =>
  field('leads', fallback, { least: 0, most }, shown)
/** Ids of rules. */
const rules = (...shown: FieldWords) => field('rules', [] as readonly string[], { most: 100 }, shown)
/** A person's name; empty if no person is named. */
const person = (...shown: FieldWords) => field('person', '', { most: 200 }, shown)
/** Where a spend limit or alert has to be set. */
const SPEND_CONTROLS = { none: 'Not wanted', organization: 'For the organization', project: 'For each project too' }

export type SpendControl = keyof typeof SPEND_CONTROLS

/** Which findings are counted: those of a level and of the more certain ones. */
const COUNTED = {
  certain: 'Certain ones',
  likely: 'Certain and likely ones',
  opinion: 'All, opinions included',
} as const satisfies Readonly<Record<Certainty, string>>

const spend = (fallback: SpendControl, ...shown: FieldWords) =>
  field('choice', fallback, { choices: SPEND_CONTROLS }, shown)
const certainty = (fallback: Certainty, ...shown: FieldWords) => field('choice', fallback, { choices: COUNTED }, shown)
const flag = (fallback: boolean, choices: { readonly yes: string; readonly no: string }, ...shown: FieldWords) =>
  field('flag', fallback, { choices }, shown)

/** The most reminders before a due day. */
export const MOST_LEADS = 12

/**
 * How keys are named, how long they may live, when to remind, and what counts as a finding: every field once, with its
 * default, its bounds and its words. The contract, the form, the terminal and the stage of the findings are made from
 * it.
 *
 * Defaults: 90 days for admin and production keys (CIS AWS 2.13, GCP), 365 as the ceiling (GitGuardian's long-lived
 * mark); unused after 45 days (CIS 5.3), to be removed after 90 (PCI 8.2.6); privileged access and keys reviewed every
 * month, roles and membership every quarter (CIS 5.1, 5.5; PCI 7.2.4 asks for six months).
 */
export const POLICY = {
  keyNamePattern: field('pattern', DEFAULT_KEY_NAME_PATTERN, { most: 200 }, [
    'names',
    'Pattern of key names',
    'Environment, team and purpose are read from names that follow it',
  ]),
  adminKeyDays: days(90, 'intervals', 'Admin keys'),
  productionKeyDays: days(90, 'intervals', 'Production keys'),
  otherKeyDays: days(180, 'intervals', 'Other keys'),
  /** The longest interval that can be set. */
  ceilingDays: days(365, 'intervals', 'Ceiling for any interval'),
  leadDays: leads([30, 14, 7, 1, 0], 365, 'reminders', 'Days before the due day', '0 is the day itself'),
  overdueEveryDays: { ...days(7, 'reminders', 'Once overdue, every … days', 'Until the key is rotated'), most: 90 },
  syncEveryHours: {
    ...count(24, 'reading', 'Read by a runner every', 'Without a runner, connections are read on request'),
    most: 720,
    unit: ' hours',
  },
  unusedFlagDays: days(45, 'findingDays', 'Key unused, flag after'),
  unusedRemoveDays: days(90, 'findingDays', 'Key unused, remove after'),
  neverUsedDays: days(30, 'findingDays', 'Key never used after'),
  expiryNoticeDays: days(14, 'findingDays', 'Admin key expires within'),
  agencyAccessNeedsReason: flag(
    false,
    { yes: 'Needs a reason and an end', no: 'Needs neither' },
    'findingLimits',
    'Access of agency staff at a client',
  ),
  productionKeysExpire: flag(false, { yes: 'Have to expire', no: 'May live on' }, 'findingLimits', 'Production keys'),
  federationTokenMinutes: {
    ...count(60, 'findingLimits', 'Longest life of a token without a key'),
    most: 2940,
    unit: ' minutes',
  },
  maxPrivileged: count(5, 'findingLimits', 'Most owners and admins'),
  maxAdminKeys: count(3, 'findingLimits', 'Most admin keys'),
  staleInviteDays: days(14, 'findingDays', 'Invite not taken up after'),
  staleSyncDays: days(7, 'findingDays', 'Connection not read for'),
  acceptanceDays: days(365, 'findingDays', 'Risk accepted for at most'),
  limitChangeDays: days(30, 'findingDays', 'Show a changed limit for'),
  spendControl: spend('organization', 'findingLimits', 'Spend limit or alert'),
  memberUnusedDays: days(90, 'findingDays', 'Member or admin unused after'),
  idleProjectDays: days(90, 'findingDays', 'Project idle after'),
  contractorMaxProjects: count(1, 'findingLimits', 'Most projects of a contractor'),
  countedFindings: certainty(
    'certain',
    'findingLimits',
    'Counted findings',
    'Less certain ones are listed on demand and counted nowhere',
  ),
  quietRules: rules('findingLimits', 'Rules that are not counted', 'Their findings are listed on demand, too'),
  reviewAdminsMonths: months(1, 'reviewMonths', 'Administrators'),
  reviewKeysMonths: months(1, 'reviewMonths', 'Keys'),
  reviewRolesMonths: months(3, 'reviewMonths', 'Roles'),
  reviewMembershipMonths: months(3, 'reviewMonths', 'Project membership'),
  reviewLeadDays: leads([14, 7, 1, 0], 90, 'reviews', 'Remind, days before', '0 is the due day itself'),
  reviewer: person('reviews', 'Reviewer', 'Who decides and signs'),
  acknowledger: person('reviews', 'Acknowledged by', 'Another person'),
} as const

export type PolicyName = keyof typeof POLICY

export type PolicyField = (typeof POLICY)[PolicyName]

export type Policy = { readonly [N in PolicyName]: (typeof POLICY)[N]['default'] }

/** The settings that a client overrides; fields that are left out follow the agency's policy. */
export type PolicyOverride = Partial<Policy>

export const POLICY_NAMES = Object.keys(POLICY) as readonly PolicyName[]

export const DEFAULT_POLICY = mapPolicy((name) => POLICY[name].default) as Policy

/** One value for every field, in the order of the record. */
export function mapPolicy<T>(valueFor: (name: PolicyName) => T): Record<PolicyName, T> {
  return Object.fromEntries(POLICY_NAMES.map((each) => [each, valueFor(each)])) as Record<PolicyName, T>
}

/**
 * The override of a client after some of its values were set and others follow the agency’s policy again; null where
 * none is left. Changes of two people at one time both hold, unless they are of one value.
 */
export function changeOverride(
  before: PolicyOverride | null,
  { values, cleared }: { readonly values: PolicyOverride; readonly cleared: readonly string[] },
): PolicyOverride | null {
  const kept = Object.entries(before ?? {}).filter(([name]) => !cleared.includes(name))
  const after: PolicyOverride = { ...Object.fromEntries(kept), ...values }
  return Object.keys(after).length === 0 ? null : after
}

export function withOverride(policy: Policy, override: PolicyOverride | null): Policy {
  return override ? { ...policy, ...override } : policy
}
