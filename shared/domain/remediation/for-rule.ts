import type { RemedyAction } from './remedy.ts'

/**
 * What can be done about a finding, by its rule, the most fitting first. `principal`: by what the principal is (a member is
 * removed, an invite deleted). `privileged`, `admin-keys`, `projects`, `owned-keys`, `seen-keys`: about each of those of
 * the subject. A rule that is not here is remedied by its kind of subject;
 * what differs from a plan, by the steps of the plan.
 */
export type RuleRemedy =
  | RemedyAction
  | 'principal'
  | 'privileged'
  | 'admin-keys'
  | 'projects'
  | 'owned-keys'
  | 'seen-keys'

const BY_RULE: Readonly<Record<string, readonly RuleRemedy[]>> = {
  'admin-key-old': ['key-rotate', 'key-delete'],
  'admin-key-unused': ['key-delete'],
  'admin-key-expiring': ['key-rotate'],
  'admin-keys-too-many': ['admin-keys'],
  'agency-staff-in-archived-client': ['principal'],
  'archived-project-members': [],
  'contractor-many-projects': ['projects', 'principal'],
  'contractor-privileged': ['member-role', 'principal'],
  'default-project-in-use': [],
  'environments-mixed': [],
  'external-many-projects': ['projects', 'principal'],
  'external-privileged': ['member-role', 'principal'],
  'invite-expired': ['invite-delete'],
  'invite-stale': ['invite-delete'],
  'job-function-role': ['member-role'],
  'key-creator-unknown': ['key-rotate'],
  'key-expiry-past-ceiling': ['key-rotate', 'key-delete'],
  'key-in-archived-project': ['key-delete', 'key-disable'],
  'key-name-off-convention': ['key-rename'],
  'key-never-used': ['key-delete', 'key-disable'],
  'key-owner-gone': ['key-rotate', 'key-disable', 'key-delete'],
  'key-owner-none': ['key-rotate', 'key-disable', 'key-delete'],
  'key-owner-without-project': ['key-delete', 'key-disable', 'key-rotate'],
  'key-production-no-expiry': ['key-rotate'],
  'key-unused': ['key-disable', 'key-delete'],
  'key-unused-remove': ['key-delete', 'key-disable'],
  'key-without-project': ['key-rotate', 'key-delete'],
  'last-use-not-reported': [],
  'leaver-with-access': ['principal', 'owned-keys', 'seen-keys'],
  'limit-changed': ['limit-set'],
  'member-unused': ['principal'],
  'organization-limit-disagrees': ['limit-set', 'alert-set'],
  'organization-without-spend-limit': ['alert-set', 'limit-set'],
  'person-outside-domains': ['principal'],
  'personal-key-in-production': ['key-rotate', 'key-delete'],
  'plan-key-renamed': [],
  'plan-key-unexplained': [],
  'plan-missing': [],
  'plan-organization-extra': [],
  'plan-organization-limit-differs': [],
  'plan-person-extra': [],
  'plan-person-misplaced': [],
  'plan-project-extra': [],
  'plan-project-limit-differs': [],
  'plan-project-renamed': [],
  'plan-role-differs': [],
  'privileged-single': [],
  'privileged-too-many': ['privileged'],
  'privileged-unused': ['member-role', 'principal'],
  'project-idle': [],
  'project-limit-disagrees': ['limit-set', 'alert-set'],
  'project-without-spend-limit': ['alert-set', 'limit-set'],
  'review-overdue': [],
  'rotation-overdue': ['key-rotate', 'key-delete'],
  'sync-stale': [],
  'workspace-recreated': [],
}

const BY_SUBJECT: Readonly<Record<string, readonly RuleRemedy[]>> = {
  principal: ['principal', 'member-role'],
  key: ['key-rotate', 'key-disable', 'key-delete'],
}

/** The remedies that the rule's own words name; none where there is nothing to carry out at a provider. */
export function remediesForRule(rule: string, subjectKind: string): readonly RuleRemedy[] {
  const own = Object.hasOwn(BY_RULE, rule) ? BY_RULE[rule] : undefined
  return own ?? (Object.hasOwn(BY_SUBJECT, subjectKind) ? (BY_SUBJECT[subjectKind] ?? []) : [])
}
