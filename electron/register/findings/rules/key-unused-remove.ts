import { DAY, defineRule, LAST_USE_EVIDENCE, lastUseWords } from '../kit/rule.ts'

export const keyUnusedRemove = defineRule({
  id: 'key-unused-remove',
  title: 'Key unused for so long that it should go',
  severity: 'medium',
  subject: 'key',
  looksFor: 'A key that is not used: flagged, proposed for removal, never used',
  reads: 'Last use of keys, where the provider reports it',
  remediation: 'Tell its owner and delete the key; nothing has used it for the time that the policy gives.',
  actions: ['key-delete', 'key-disable'],
  controls: ['SOC 2 CC6.3', 'ISO 27001 A.5.18', 'NIST AC-2', 'PCI 7.2.5', 'CIS 5'],
  where: `k.kind <> 'admin' AND k.last_use_state = 'known' AND k.last_used_at <= :now - c.unused_remove_days * ${DAY}`,
  evidence: { ...LAST_USE_EVIDENCE, removeDays: 'c.unused_remove_days' },
  say: (e, { now }) => `${lastUseWords(e, now)}; after ${e.removeDays} it should be removed.`,
})
