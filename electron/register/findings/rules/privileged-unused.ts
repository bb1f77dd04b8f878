import { count, DAY, dayWord, daysSince, defineRule } from '../kit/rule.ts'

/**
 * What a provider records of an owner or admin is the last call of the API, and the last use of each admin key. Calls of
 * the API need no more than a member's role; only an admin key shows privileged use. Work in the provider's console leaves
 * no trace in what can be read, and the sentence says so.
 */
export const privilegedUnused = defineRule({
  id: 'privileged-unused',
  title: 'Owner or admin without privileged use',
  severity: 'medium',
  subject: 'principal',
  looksFor: 'A privileged role without privileged use',
  reads: 'Organization roles; last use of people and of admin keys, where the provider reports it (OpenAI)',
  remediation: 'Ask whether they administer it in the console; lower the role to that of a member otherwise.',
  actions: ['member-role', 'principal'],
  controls: ['SOC 2 CC6.3', 'ISO 27001 A.8.2', 'NIST AC-6', 'PCI 7.2.5', 'CIS 5', 'CIS 6'],
  where: `p.kind = 'user' AND p.privileged = 1 AND p.last_used_at IS NOT NULL
    AND NOT EXISTS (SELECT 1 FROM key_version v CROSS JOIN temp.f_key k ON k.id = v.key_id AND k.connection_id = p.connection_id
      WHERE v.owner_external_id = p.external_id AND v.to_sync IS NULL AND v.kind = 'admin'
        AND (k.last_use_state = 'not-reported' OR k.last_used_at > :now - c.member_unused_days * ${DAY}))`,
  evidence: { lastUsedAt: 'p.last_used_at', role: 'p.role', days: 'c.member_unused_days' },
  say: (e, { now }) => {
    const days = daysSince(e.lastUsedAt, now)
    const calls =
      days >= Number(e.days)
        ? `The last recorded use was on ${dayWord(e.lastUsedAt)}, ${count(days, 'day', 'days')} ago`
        : `The only recorded use is of the API (last on ${dayWord(e.lastUsedAt)}), for which a member’s role is enough`
    return `${calls}; no admin key of theirs was used in ${count(e.days, 'day', 'days')}. Work in the console is not reported.`
  },
})
