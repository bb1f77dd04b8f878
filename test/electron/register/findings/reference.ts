import type { Rule, RuleAction } from '../../../../electron/register/findings/kit/rule.ts'
import { SEVERITIES } from '../../../../shared/domain/findings/severity.ts'

/** Everything that is looked for, in the order of the page. */
export const LOOKED_FOR: readonly string[] = [
  'A leaver with access',
  'Use of a key that is marked as a decoy',
  'A key whose owner has no access to its project',
  'A key without an owner, as distinct from a key whose creator is unknown',
  'An unused key: flagged, due for removal, or never used',
  'Use that is not reported, so that no conclusion is possible',
  'Rotation that is overdue',
  'Expiry later than the maximum interval, or missing on production keys',
  'Admin keys that are old, unused, expiring or too numerous',
  'Too many owners and admins, or exactly one',
  'A privileged role without privileged use',
  'A member without recent use',
  'A contractor with several projects or an organization privilege',
  'A role that does not fit the job',
  'Membership or a key in an archived or idle project',
  'A personal key in production',
  'A legacy user key, which does not belong to a project',
  'A key of another vendor that is deposited at a gateway',
  'The default project in use',
  'Production and development in one project',
  'A key name that does not follow the convention, with the name it should have',
  'No spend limit or alert where the policy requires one',
  'A spend limit or alert that differs from the budget',
  'A limit that changed, or a workspace that was recreated, since the last review',
  'An expired or stale invite',
  'A person outside the client’s and the agency’s domains, and their access',
  'Access of agency staff at a client without a reason and an end',
  'A review that is overdue',
  'A connection that was not synced recently',
  'A certificate that opens the API and is about to expire, or has expired',
  'Access without a key: federation rules that are too open, and service accounts that administer',
  'What a provider’s own log shows: changes outside the register, and whether it can be read',
  'Agency staff who still have access to an archived client',
  'Differences from the active plan: missing, unplanned, another name, another role, a person in the wrong place, a key without a purpose, another limit',
]

const INTRODUCTION = `# Findings: the rules

A finding is a rule that a subject breaks. It is first seen by one sync, stays while it is found, can be accepted until
a day with a reason, and is resolved by the sync, the day or the decision after which it is no longer found. The
thresholds (\`c.…_days\` and the like) are policy and can differ by client. A rule is broken as soon as its threshold is
reached. Where a provider reports nothing, nothing is concluded.

Beside its severity each rule has a certainty: \`certain\` is a fact that the provider, a file or the policy states; \`likely\`
is inferred from names, use or patterns; \`opinion\` is a recommendation of practice or taste. The policy sets which of them
are counted (\`countedFindings\`: the certain ones unless set), and can name more rules to leave out (\`quietRules\`). The
others are quiet: they are listed when their level or rule is asked for, and are in no badge, total, trend, reminder or
\`--fail-on\`. A review shows its reviewer all of them.

A condition reads the tables that \`electron/register/findings/stage.ts\` fills: \`c\` is the connection with the policy of
its client, \`k\` a key, \`p\` a person or invite, \`n\` a project, \`a\` what a rule counts in addition; \`:now\` is the instant
in milliseconds and \`:today\` the day of the evaluation. Keys that Claude Code makes at a sign-in, one for each member in
Anthropic's workspace "Claude Code", are listed with the other keys but are under no rule and are not rotated: each ends
with its owner's access. This page is written by \`test/electron/register/findings\` from the rules themselves.`

/** The reference of rules as Markdown. */
export function rulesReference(rules: readonly Rule[]): string {
  const sorted = rules.toSorted((a, b) => SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity))
  return [
    INTRODUCTION,
    '## What is looked for',
    LOOKED_FOR.map((what) => {
      const links = rules.filter(({ looksFor }) => looksFor === what).map(({ id }) => `[${id}](#${id})`)
      return `- ${what}: ${links.join(', ')}.`
    }).join('\n'),
    '## The rules, most severe first',
    ...sorted.map(openSection),
    '',
  ]
    .join('\n\n')
    .replace(/\n+$/u, '\n')
}

/** Actions on more than the subject; the others are named as in the terminal. */
const ACTIONS: Readonly<Partial<Record<RuleAction, string>>> = {
  principal: 'remove the account or invite',
  privileged: 'lower the role of each owner and admin',
  'admin-keys': 'delete each admin key',
  projects: 'remove the account from each project',
  'owned-keys': 'delete or disable each key that the account owns',
  'seen-keys': 'rotate each key that the account could see',
}

function openSection(rule: Rule): string {
  return [
    `### ${rule.id}`,
    `**${rule.title}** (${rule.severity}, ${rule.certainty}, about a ${rule.subject})`,
    [
      ...(rule.doubt === undefined ? [] : [`- Not certain: ${rule.doubt}`]),
      `- Reads: ${rule.reads}.`,
      `- What to do: ${rule.remediation}`,
      ...(rule.actions.length === 0
        ? []
        : [`- Actions: ${rule.actions.map((action) => ACTIONS[action] ?? `\`${action}\``).join(', ')}.`]),
      `- Shows: ${Object.keys(rule.evidence).join(', ') || 'nothing more'}.`,
      `- Controls: ${rule.controls.join(', ')}.`,
      '- Condition:',
    ].join('\n'),
    ['```sql', ...(rule.join === undefined ? [] : [plain(rule.join)]), `WHERE ${plain(rule.where)}`, '```'].join('\n'),
  ].join('\n\n')
}

/** On one line, since line breaks in the source have no meaning. */
function plain(sql: string): string {
  return sql.replaceAll(/\s+/gu, ' ').trim()
}
