import type { Day } from '../../../../shared/domain/day.ts'
import { RECOMMENDED_ROLE } from '../../../../shared/domain/people/job-function.ts'
import { formatDay } from '../../../../shared/domain/text/dates.ts'
import { isExpiredInvite } from '../../facts/invite-state.ts'
import { listProvidersWith } from '../../facts/providers.ts'
import { departedSql } from '../../people/employment.ts'
import { count, DAY, daysSince, dayWord, defineRule, dueAfter, named, type Rule } from '../kit/rule.ts'

/**
 * A person who is marked as a leaver before the last day may still be employed: the finding shows the contradiction.
 */
function departure(who: string | number, endsOn: string | number | null, today: Day): string {
  if (endsOn === null) return `${who} has left`
  const lastDay = formatDay(String(endsOn))
  return String(endsOn) > today ? `${who} has left, although the last day is ${lastDay},` : `${who} left on ${lastDay}`
}

const RECOMMENDED = `CASE e.job_function ${Object.entries(RECOMMENDED_ROLE)
  .map(([work, role]) => `WHEN '${work}' THEN '${role}'`)
  .join(' ')} END`

/** Rules about people who have left, are from outside, or are where they need not be, and about invites. */
export const PEOPLE_RULES: readonly Rule[] = [
  defineRule({
    id: 'leaver-with-access',
    rank: 10,
    title: 'Leaver with access',
    severity: 'critical',
    certainty: 'certain',
    subject: 'principal',
    looksFor: 'A leaver with access',
    reads: 'HR files, and people marked as leaving; people and invites; keys in their name',
    remediation:
      'Remove the account or invite immediately. Rotate or delete the keys in their name and the keys they could see.',
    actions: ['principal', 'owned-keys', 'seen-keys'],
    controls: ['NIS2 11.2.2', 'SOC 2 CC6.2', 'ISO 27001 A.5.18', 'NIST AC-2', 'PCI 8.2.5', 'CIS 5', 'CIS 6'],
    join: 'JOIN temp.f_employed e ON e.id = p.id',
    where: departedSql('e'),
    evidence: { email: 'p.email', kind: 'p.kind', role: 'p.role', endsOn: 'e.ends_on', keys: 'e.keys' },
    say: (e, { today }) =>
      `${departure(e.email ?? 'This person', e.endsOn, today)} but still has ${e.kind === 'invite' ? 'an invite' : 'an account'}${e.keys === 0 ? '' : ` and ${count(e.keys, 'key', 'keys')}`}.`,
  }),
  defineRule({
    id: 'external-privileged',
    rank: 30,
    title: 'External person with organization privilege',
    severity: 'critical',
    certainty: 'certain',
    subject: 'principal',
    looksFor: 'A person outside the client’s and the agency’s domains, and their access',
    reads: 'E-mail addresses; domains of the client and the agency; organization roles',
    remediation: 'Lower the role to member and grant only the project that is needed.',
    actions: ['member-role', 'principal'],
    controls: ['NIS2 11.2.2', 'SOC 2 CC6.3', 'ISO 27001 A.5.15', 'ISO 27001 A.8.2', 'NIST AC-6', 'PCI 7.2.4', 'CIS 6'],
    where: 'p.external = 1 AND p.privileged = 1',
    evidence: { email: 'p.email', kind: 'p.kind' },
    say: (e) =>
      `${e.email} is outside the client’s and the agency’s domains and ${e.kind === 'invite' ? 'is invited to administer' : 'administers'} the organization.`,
  }),
  defineRule({
    id: 'contractor-privileged',
    rank: 110,
    title: 'Contractor with organization privilege',
    severity: 'high',
    certainty: 'certain',
    subject: 'principal',
    looksFor: 'A contractor with several projects or an organization privilege',
    reads: 'HR files; organization roles',
    remediation: 'Lower the role to member and grant only the project that is needed.',
    actions: ['member-role', 'principal'],
    controls: ['NIS2 11.2.2', 'SOC 2 CC6.3', 'ISO 27001 A.5.15', 'ISO 27001 A.8.2', 'NIST AC-6', 'PCI 7.2.4', 'CIS 6'],
    join: 'JOIN temp.f_employed e ON e.id = p.id AND e.contractor = 1',
    where: 'p.privileged = 1',
    evidence: { email: 'p.email', role: 'p.role', kind: 'p.kind', endsOn: 'e.ends_on' },
    say: (e) =>
      `HR data lists ${e.email ?? 'this person'} as a contractor${e.endsOn === null ? '' : ` until ${formatDay(String(e.endsOn))}`}, who ${e.kind === 'invite' ? 'is invited to administer' : 'administers'} the organization.`,
  }),
  defineRule({
    id: 'external-many-projects',
    rank: 120,
    title: 'External person in several projects',
    severity: 'high',
    certainty: 'certain',
    subject: 'principal',
    looksFor: 'A person outside the client’s and the agency’s domains, and their access',
    reads: 'E-mail addresses; domains of the client and the agency; effective access',
    remediation: 'Keep only the project that is needed, or accept the risk until the contract ends.',
    actions: ['projects', 'principal'],
    controls: ['NIS2 11.2.2', 'SOC 2 CC6.3', 'ISO 27001 A.5.15', 'ISO 27001 A.8.3', 'NIST AC-6', 'PCI 7.2.4', 'CIS 6'],
    where: 'p.external = 1 AND p.privileged = 0 AND p.projects > 1',
    evidence: { email: 'p.email', projects: 'p.projects' },
    say: (e) =>
      `${e.email} is outside the client’s and the agency’s domains and has access to ${count(e.projects, 'project', 'projects')}.`,
  }),
  defineRule({
    id: 'agency-staff-in-archived-client',
    rank: 130,
    title: 'Agency staff with access to an archived client',
    severity: 'high',
    certainty: 'certain',
    subject: 'principal',
    looksFor: 'Agency staff who still have access to an archived client',
    reads: 'Archived clients; e-mail addresses; the agency’s domains',
    remediation: 'Ask the client to remove the account: the engagement has ended.',
    actions: ['principal'],
    controls: ['NIS2 11.2.2', 'SOC 2 CC6.2', 'SOC 2 CC6.3', 'ISO 27001 A.5.18', 'NIST AC-2', 'PCI 7.2.4', 'CIS 6'],
    where: 'c.client_archived = 1 AND p.agency = 1',
    evidence: { email: 'p.email', role: 'p.role' },
    say: (e) => `${e.email} belongs to the agency and still has access to an archived client’s organization.`,
    afterArchiving: true,
  }),
  defineRule({
    id: 'borrowed-access',
    rank: 140,
    title: 'Agency staff without a reason and an end',
    severity: 'medium',
    certainty: 'certain',
    subject: 'principal',
    looksFor: 'Access of agency staff at a client without a reason and an end',
    reads: 'E-mail addresses; the agency’s domains; the policy “Access of agency staff at a client”',
    remediation:
      'Remove the account, or accept the risk: the reason of the acceptance is that of the access, and its last day the end of the access.',
    actions: ['principal'],
    controls: ['NIS2 11.2.2', 'SOC 2 CC6.3', 'ISO 27001 A.5.15', 'ISO 27001 A.5.18', 'NIST AC-2', 'PCI 7.2.4', 'CIS 6'],
    where: 'c.agency_access_needs_reason = 1 AND c.client_internal = 0 AND p.agency = 1',
    evidence: { email: 'p.email', role: 'p.role' },
    say: (e) => `${e.email} belongs to the agency and has access here; no reason and no end are recorded.`,
  }),
  // Counted in one organization: a freelancer may well work for several clients, in a project of each.
  defineRule({
    id: 'contractor-many-projects',
    rank: 330,
    title: 'Contractor in several projects',
    severity: 'medium',
    certainty: 'certain',
    subject: 'principal',
    looksFor: 'A contractor with several projects or an organization privilege',
    reads: 'HR files; effective access',
    remediation: 'Keep only the project that the contract covers, or accept the risk until the contract ends.',
    actions: ['projects', 'principal'],
    controls: ['NIS2 11.2.2', 'SOC 2 CC6.3', 'ISO 27001 A.5.15', 'ISO 27001 A.8.3', 'NIST AC-6', 'PCI 7.2.4', 'CIS 6'],
    join: 'JOIN temp.f_employed e ON e.id = p.id AND e.contractor = 1',
    where: 'p.privileged = 0 AND e.projects > c.contractor_max_projects',
    evidence: { email: 'p.email', projects: 'e.projects', most: 'c.contractor_max_projects', endsOn: 'e.ends_on' },
    say: (e) =>
      `HR data lists ${e.email ?? 'this person'} as a contractor, who has access to ${count(e.projects, 'project', 'projects')}; the policy allows ${e.most}.`,
  }),
  // Compares accounts with the table of recommended roles, and finds those with more access.
  defineRule({
    id: 'job-function-role',
    rank: 340,
    title: 'Role beyond the job function',
    severity: 'medium',
    certainty: 'opinion',
    doubt: 'The recommended roles are a practice, and job titles are read by their words.',
    subject: 'principal',
    looksFor: 'A role that does not fit the job',
    reads: 'Job titles from HR files; roles; effective access',
    remediation:
      'Lower the role to the recommended one, or accept the risk with the reason why this person needs more.',
    actions: ['member-role'],
    controls: ['SOC 2 CC6.3', 'ISO 27001 A.5.15', 'ISO 27001 A.8.2', 'NIST AC-6', 'PCI 7.2.4', 'CIS 6'],
    join: `JOIN temp.f_employed e ON e.id = p.id AND e.job_function IN ('finance', 'building')`,
    where: `(p.privileged = 1 OR e.calls_api = 1)`,
    evidence: {
      jobTitle: 'e.job_title',
      role: 'p.role',
      recommended: RECOMMENDED,
      callsApi: 'e.calls_api',
      privileged: 'p.privileged',
    },
    say: (e) =>
      `The role that is recommended for the job ${named(e.jobTitle, 'of this person')} is ${e.recommended}; this account ${e.privileged === 1 ? 'administers the organization' : 'can call the API'}.`,
  }),
  defineRule({
    id: 'person-outside-domains',
    rank: 560,
    title: 'Person outside the known domains',
    severity: 'low',
    certainty: 'likely',
    doubt: 'The client may own a domain that is not recorded here.',
    subject: 'principal',
    looksFor: 'A person outside the client’s and the agency’s domains, and their access',
    reads: 'E-mail addresses; domains of the client and the agency',
    remediation: 'Find out who it is. Add the domain to the client if the client owns it; otherwise remove the person.',
    actions: ['principal'],
    controls: ['NIS2 11.2.2', 'SOC 2 CC6.2', 'ISO 27001 A.5.16', 'NIST AC-2', 'PCI 7.2.4', 'CIS 5'],
    where: 'p.external = 1',
    evidence: { email: 'p.email', kind: 'p.kind' },
    say: (e) => `${e.email} is outside the client’s and the agency’s domains.`,
  }),
  // Applies only where the provider reports last use. Where it lists admin keys, owners and admins are covered by `privileged-unused`.
  defineRule({
    id: 'member-unused',
    rank: 570,
    title: 'Member without recent use',
    severity: 'low',
    certainty: 'likely',
    doubt: 'Work in the provider’s console is not reported.',
    subject: 'principal',
    looksFor: 'A member without recent use',
    reads: 'Last use of people and of their keys, where the provider reports it (OpenAI, GitHub Copilot, Cursor)',
    remediation: 'Ask whether the access is still needed; otherwise remove it. It can be granted again quickly.',
    actions: ['principal'],
    controls: ['SOC 2 CC6.3', 'ISO 27001 A.5.18', 'NIST AC-2', 'PCI 7.2.5', 'CIS 5'],
    where: `p.kind = 'user' AND (p.privileged = 0 OR c.provider NOT IN ${listProvidersWith('listsAdminKeys')})
      AND p.last_used_at <= :now - c.member_unused_days * ${DAY}
      AND c.provider NOT IN ${listProvidersWith('reportsUseInPart')}
      AND NOT EXISTS (SELECT 1 FROM key_version v CROSS JOIN temp.f_key k ON k.id = v.key_id AND k.connection_id = p.connection_id
        WHERE v.owner_external_id = p.external_id AND v.to_sync IS NULL
          AND k.last_used_at > :now - c.member_unused_days * ${DAY})`,
    due: dueAfter('p.last_used_at', 'c.member_unused_days'),
    evidence: { lastUsedAt: 'p.last_used_at', role: 'p.role', days: 'c.member_unused_days' },
    say: (e, { now }) =>
      `The last recorded use was on ${dayWord(e.lastUsedAt)}, ${count(daysSince(e.lastUsedAt, now), 'day', 'days')} ago; the policy allows ${count(e.days, 'day', 'days')}.`,
  }),
  defineRule({
    id: 'invite-expired',
    rank: 580,
    title: 'Expired invite',
    severity: 'low',
    certainty: 'certain',
    subject: 'principal',
    looksFor: 'An expired or stale invite',
    reads: 'Invites',
    remediation: 'Delete the invite; send a new one if the person is still expected.',
    actions: ['invite-delete'],
    controls: ['SOC 2 CC6.2', 'ISO 27001 A.5.18', 'NIST AC-2', 'CIS 6'],
    where: isExpiredInvite('p'),
    due: dueAfter('p.expires_at', '0'),
    evidence: { email: 'p.email', expiresAt: 'p.expires_at', role: 'p.role' },
    say: (e) =>
      e.expiresAt === null
        ? `The invite for ${e.email} has expired.`
        : `The invite for ${e.email} expired on ${dayWord(e.expiresAt)}.`,
  }),
  defineRule({
    id: 'invite-stale',
    rank: 590,
    title: 'Pending invite not accepted',
    severity: 'low',
    certainty: 'certain',
    subject: 'principal',
    looksFor: 'An expired or stale invite',
    reads: 'Invites',
    remediation: 'Ask the person to accept it, or delete it: anyone who can read that mailbox can still accept it.',
    actions: ['invite-delete'],
    controls: ['SOC 2 CC6.2', 'ISO 27001 A.5.18', 'NIST AC-2', 'CIS 6'],
    where: `p.kind = 'invite' AND NOT ${isExpiredInvite('p')}
      AND p.added_at <= :now - c.stale_invite_days * ${DAY}`,
    due: dueAfter('p.added_at', 'c.stale_invite_days'),
    evidence: { email: 'p.email', sentAt: 'p.added_at', role: 'p.role', days: 'c.stale_invite_days' },
    say: (e) =>
      `${e.email} was invited on ${dayWord(e.sentAt)} and has not accepted; the policy allows ${count(e.days, 'day', 'days')}.`,
  }),
]
