import { listProvidersWith } from '../../facts/providers.ts'
import { byWords, EVENT_ACTOR, EVENT_SUBJECT, lastOfEvents, OWN_CHANGE, RECENT_EVENTS } from '../kit/events.ts'
import { count, DAY, daysSince, dayWord, defineRule, dueAfter, named, type Rule, seenAt } from '../kit/rule.ts'

/** Rules about owners and admins. */
export const PRIVILEGES_RULES: readonly Rule[] = [
  defineRule({
    id: 'privileged-too-many',
    rank: 240,
    title: 'Too many owners and admins',
    severity: 'medium',
    certainty: 'certain',
    subject: 'connection',
    looksFor: 'Too many owners and admins, or exactly one',
    reads: 'Organization roles, direct and through groups',
    remediation: 'Lower the role of people who do not administer it; members can still be granted single projects.',
    actions: ['privileged'],
    controls: ['NIS2 11.3', 'SOC 2 CC6.3', 'ISO 27001 A.8.2', 'NIST AC-6', 'PCI 7.2.5', 'CIS 5', 'CIS 6'],
    join: `JOIN (SELECT connection_id, count(*) AS people FROM temp.f_principal WHERE kind = 'user' AND privileged = 1 GROUP BY connection_id) a ON a.connection_id = c.id`,
    where: 'a.people > c.max_privileged',
    evidence: { people: 'a.people', most: 'c.max_privileged' },
    say: (e) =>
      `${count(e.people, 'person administers', 'people administer')} the organization; the policy allows ${e.most}.`,
  }),
  defineRule({
    id: 'privileged-single',
    rank: 250,
    title: 'Only one owner or admin',
    severity: 'medium',
    certainty: 'opinion',
    doubt: 'One administrator may be enough for a small organization.',
    subject: 'connection',
    looksFor: 'Too many owners and admins, or exactly one',
    reads: 'Organization roles, direct and through groups',
    remediation: 'Give a second person the role, so that control of the organization does not depend on one login.',
    actions: [],
    controls: ['SOC 2 CC6.1', 'ISO 27001 A.8.2', 'NIST AC-2'],
    join: `JOIN (SELECT connection_id, count(*) AS people, max(name) AS name FROM temp.f_principal WHERE kind = 'user' AND privileged = 1 GROUP BY connection_id) a ON a.connection_id = c.id`,
    where: 'a.people = 1',
    evidence: { person: 'a.name' },
    say: (e) => `Only ${named(e.person, 'one person')} administers the organization.`,
  }),
  // Providers report an owner's or admin's last API call and the last use of each admin key. API calls need only a member's role; only admin keys show privileged use. Work in the provider's console is not reported, and the sentence states that.
  defineRule({
    id: 'privileged-unused',
    rank: 260,
    title: 'Owner or admin without privileged use',
    severity: 'medium',
    certainty: 'likely',
    doubt: 'Work in the provider’s console is not reported.',
    subject: 'principal',
    looksFor: 'A privileged role without privileged use',
    reads: 'Organization roles; last use of people and of admin keys, where the provider reports it (OpenAI)',
    remediation: 'Ask whether the person administers it in the console; otherwise lower the role to member.',
    actions: ['member-role', 'principal'],
    controls: ['NIS2 11.3', 'SOC 2 CC6.3', 'ISO 27001 A.8.2', 'NIST AC-6', 'PCI 7.2.5', 'CIS 5', 'CIS 6'],
    where: `p.kind = 'user' AND p.privileged = 1 AND p.last_used_at IS NOT NULL
      AND c.provider IN ${listProvidersWith('listsAdminKeys')}
      AND NOT EXISTS (SELECT 1 FROM key_version v CROSS JOIN temp.f_key k ON k.id = v.key_id AND k.connection_id = p.connection_id
        WHERE v.owner_external_id = p.external_id AND v.to_sync IS NULL AND v.kind = 'admin'
          AND (k.last_use_state = 'not-reported' OR k.last_used_at > :now - c.member_unused_days * ${DAY}))`,
    due: dueAfter('p.last_used_at', 'c.member_unused_days'),
    evidence: { lastUsedAt: 'p.last_used_at', role: 'p.role', days: 'c.member_unused_days' },
    say: (e, { now }) => {
      const days = daysSince(e.lastUsedAt, now)
      const calls =
        days >= Number(e.days)
          ? `The last recorded use was on ${dayWord(e.lastUsedAt)}, ${count(days, 'day', 'days')} ago`
          : `The only recorded use is API calls (last on ${dayWord(e.lastUsedAt)}), for which a member’s role is enough`
      return `${calls}; none of their admin keys was used in ${count(e.days, 'day', 'days')}. Work in the console is not reported.`
    },
  }),
  defineRule({
    id: 'ownership-given',
    rank: 390,
    title: 'Ownership given',
    severity: 'medium',
    certainty: 'certain',
    subject: 'connection',
    looksFor: 'What a provider’s own log shows: changes outside the register, and whether it can be read',
    reads: 'The provider log since the last review; remediation',
    remediation: 'Check with who gave the role that it was meant, and lower it where it was not.',
    actions: ['privileged'],
    controls: ['SOC 2 CC6.3', 'SOC 2 CC7.2', 'ISO 27001 A.8.2', 'NIST AC-6', 'NIST AU-6', 'PCI 7.2.5'],
    join: lastOfEvents(
      { name: EVENT_SUBJECT, actor: EVENT_ACTOR, role: 'e.role_raw' },
      RECENT_EVENTS,
      `e.level IN ('owner', 'admin') AND e.act IN ('created', 'changed') AND e.subject IN ('user', 'grant', 'invite', 'service-account')
        AND NOT ${OWN_CHANGE}`,
    ),
    where: 'true',
    due: seenAt('a.at'),
    evidence: { number: 'a.number', name: 'a.name', role: 'a.role', actor: 'a.actor', lastAt: 'a.at' },
    say: (e) =>
      `A role that administers was given ${count(e.number, 'time', 'times')} outside a remediation; the last one, ${String(e.role)}, to ${named(e.name, 'someone without a name')} on ${dayWord(e.lastAt)}, ${byWords(e.actor)}.`,
  }),
]
