import { listProvidersWith } from '../../facts/providers.ts'
import { count, DAY, dayWord, daysSince, defineRule } from '../kit/rule.ts'

/**
 * Providers report an owner's or admin's last API call and the last use of each admin key. API calls need only a
 * member's role; only admin keys show privileged use. Work in the provider's console is not reported, and the sentence
 * states that.
 */
export const privilegedUnused = defineRule({
  id: 'privileged-unused',
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
  evidence: { lastUsedAt: 'p.last_used_at', role: 'p.role', days: 'c.member_unused_days' },
  say: (e, { now }) => {
    const days = daysSince(e.lastUsedAt, now)
    const calls =
      days >= Number(e.days)
        ? `The last recorded use was on ${dayWord(e.lastUsedAt)}, ${count(days, 'day', 'days')} ago`
        : `The only recorded use is API calls (last on ${dayWord(e.lastUsedAt)}), for which a member’s role is enough`
    return `${calls}; none of their admin keys was used in ${count(e.days, 'day', 'days')}. Work in the console is not reported.`
  },
})
