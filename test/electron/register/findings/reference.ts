import type { Rule } from '../../../../electron/register/findings/kit/rule.ts'
import { SEVERITIES } from '../../../../shared/domain/findings/severity.ts'

/** What is looked for, in the words of people who ask for it, and the rules that answer. */
export const LOOKED_FOR: readonly (readonly [what: string, ...rules: string[]])[] = [
  ['A leaver with access', 'leaver-with-access'],
  ['A key whose owner has no access to its project', 'key-owner-without-project', 'key-owner-gone'],
  [
    'A key without an owner, which is not the same as a key whose creator is unknown',
    'key-owner-none',
    'key-creator-unknown',
  ],
  [
    'A key that is not used: flagged, proposed for removal, never used',
    'key-unused',
    'key-unused-remove',
    'key-never-used',
  ],
  ['Use that is not reported, so that nothing can be said', 'last-use-not-reported'],
  ['Rotation that is overdue', 'rotation-overdue'],
  ['Expiry past the ceiling, or missing on production', 'key-expiry-past-ceiling', 'key-production-no-expiry'],
  [
    'Admin keys that are old, unused, expiring or too many',
    'admin-key-old',
    'admin-key-unused',
    'admin-key-expiring',
    'admin-keys-too-many',
  ],
  ['Too many owners and admins, or exactly one', 'privileged-too-many', 'privileged-single'],
  ['A privileged role without privileged use', 'privileged-unused'],
  ['A member without use', 'member-unused'],
  [
    'A contractor with several projects or a privilege of the organization',
    'contractor-many-projects',
    'contractor-privileged',
  ],
  ['A role that does not fit the job', 'job-function-role'],
  [
    'Membership or a key in an archived or idle project',
    'archived-project-members',
    'key-in-archived-project',
    'project-idle',
  ],
  ['A personal key in production', 'personal-key-in-production'],
  ['A user key of old, which belongs to no project', 'key-without-project'],
  ['The default project in use', 'default-project-in-use'],
  ['Production and development in one project', 'environments-mixed'],
  ['A key name against the convention, with the name it should have', 'key-name-off-convention'],
  [
    'No spend limit or alert where the policy wants one',
    'organization-without-spend-limit',
    'project-without-spend-limit',
  ],
  ['A spend limit or alert that is not what was agreed', 'organization-limit-disagrees', 'project-limit-disagrees'],
  ['A limit that changed, or a workspace made again, since the last review', 'limit-changed', 'workspace-recreated'],
  ['An expired or stale invite', 'invite-expired', 'invite-stale'],
  [
    'A person outside the client’s and the agency’s domains, and what they reach',
    'person-outside-domains',
    'external-privileged',
    'external-many-projects',
  ],
  ['A review that is overdue', 'review-overdue'],
  ['A connection that was not read lately', 'sync-stale'],
  ['Staff of the agency left in an archived client', 'agency-staff-in-archived-client'],
  [
    'What differs from the plan in force: missing, extra, renamed, another role, a person in the wrong place, a key without a purpose, another limit',
    'plan-missing',
    'plan-organization-extra',
    'plan-project-extra',
    'plan-person-extra',
    'plan-project-renamed',
    'plan-key-renamed',
    'plan-role-differs',
    'plan-person-misplaced',
    'plan-key-unexplained',
    'plan-project-limit-differs',
    'plan-organization-limit-differs',
  ],
]

const INTRODUCTION = `# Findings: the rules

A finding is a rule that a subject breaks. It is first seen by one sync, stays while it is found, can be accepted until a
day with a reason, and is resolved by the sync, the day or the decision after which it is found no more. The thresholds
(\`c.…_days\` and the like) are policy and can differ by client. A threshold that is reached is broken. Where a provider
reports nothing, nothing is concluded.

A condition reads what \`electron/register/findings/stage.ts\` lays out: \`c\` is the connection with the policy of its
client, \`k\` a key, \`p\` a person or invite, \`n\` a project, \`a\` what a rule counts besides; \`:now\` is the instant in
milliseconds and \`:today\` the day of the evaluation. Keys that Claude Code makes at a sign-in, one for each member in
Anthropic's workspace "Claude Code", are listed with the other keys but are under no rule and are not rotated: each ends
with its owner's access. This page is written by \`test/electron/register/findings\` from the
rules themselves.`

/** The reference of rules as Markdown. */
export function rulesReference(rules: readonly Rule[]): string {
  const sorted = rules.toSorted((a, b) => SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity))
  return [
    INTRODUCTION,
    '## What is looked for',
    LOOKED_FOR.map(([what, ...ids]) => `- ${what}: ${ids.map((id) => `[${id}](#${id})`).join(', ')}.`).join('\n'),
    '## The rules, most pressing first',
    ...sorted.map(sectionOf),
    '',
  ]
    .join('\n\n')
    .replace(/\n+$/u, '\n')
}

function sectionOf(rule: Rule): string {
  return [
    `### ${rule.id}`,
    `**${rule.title}** (${rule.severity}, about a ${rule.subject})`,
    [
      `- Reads: ${rule.reads}.`,
      `- What to do: ${rule.remedy}`,
      `- Shows: ${Object.keys(rule.evidence).join(', ') || 'nothing more'}.`,
      `- Controls: ${rule.controls.join(', ')}.`,
      '- Condition:',
    ].join('\n'),
    ['```sql', ...(rule.join === undefined ? [] : [plain(rule.join)]), `WHERE ${plain(rule.where)}`, '```'].join('\n'),
  ].join('\n\n')
}

/** On one line; how it is broken over lines in the source says nothing. */
function plain(sql: string): string {
  return sql.replaceAll(/\s+/gu, ' ').trim()
}
