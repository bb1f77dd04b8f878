import { count, DAY, dayWord, daysSince, defineRule } from '../rule.ts'

export const keyUnusedRemove = defineRule({
  id: 'key-unused-remove',
  title: 'Key unused for so long that it should go',
  severity: 'medium',
  subject: 'key',
  reads: 'Last use of keys, where the provider reports it',
  remedy: 'Tell its owner and delete the key; nothing has used it for the time that the policy gives.',
  controls: ['SOC 2 CC6.3', 'ISO 27001 A.5.18', 'NIST AC-2', 'PCI 7.2.5', 'CIS 5'],
  where: `k.kind <> 'admin' AND k.last_use_state = 'known' AND k.last_used_at <= :now - c.unused_remove_days * ${DAY}`,
  evidence: { lastUsedAt: 'k.last_used_at', removeDays: 'c.unused_remove_days' },
  say: (e, { now }) =>
    `Last used on ${dayWord(e.lastUsedAt)}, ${count(daysSince(e.lastUsedAt, now), 'day', 'days')} ago; after ${e.removeDays} it should be removed.`,
})
