import { wasLastUsedBy } from '../../facts/unused.ts'
import { count, DAY, defineRule, LAST_USE_EVIDENCE, lastUseWords } from '../kit/rule.ts'

export const keyUnusedRemove = defineRule({
  id: 'key-unused-remove',
  title: 'Unused key due for removal',
  severity: 'medium',
  certainty: 'certain',
  subject: 'key',
  looksFor: 'An unused key: flagged, due for removal, or never used',
  reads: 'Last use of keys, where the provider reports it',
  remediation: 'Inform its owner and delete the key: it has not been used for as long as the policy allows.',
  actions: ['key-delete', 'key-disable'],
  controls: ['SOC 2 CC6.3', 'ISO 27001 A.5.18', 'NIST AC-2', 'PCI 7.2.5', 'CIS 5'],
  where: `k.kind <> 'admin' AND ${wasLastUsedBy(`:now - c.unused_remove_days * ${DAY}`)}`,
  evidence: { ...LAST_USE_EVIDENCE, removeDays: 'c.unused_remove_days' },
  say: (e, { now }) =>
    `${lastUseWords(e, now)}; the policy requires removal after ${count(e.removeDays, 'day', 'days')} without use.`,
})
