import { listProvidersWith } from '../../facts/providers.ts'
import { count, DAY, dayWord, daysSince, defineRule } from '../kit/rule.ts'

/** Applies only where the provider reports last use. Where it lists admin keys, owners and admins are covered by `privileged-unused`. */
export const memberUnused = defineRule({
  id: 'member-unused',
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
  evidence: { lastUsedAt: 'p.last_used_at', role: 'p.role', days: 'c.member_unused_days' },
  say: (e, { now }) =>
    `The last recorded use was on ${dayWord(e.lastUsedAt)}, ${count(daysSince(e.lastUsedAt, now), 'day', 'days')} ago; the policy allows ${count(e.days, 'day', 'days')}.`,
})
