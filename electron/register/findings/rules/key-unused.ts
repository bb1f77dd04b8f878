import { wasLastUsedBy } from '../../facts/unused.ts'
import { count, DAY, defineRule, LAST_USE_EVIDENCE, lastUseWords } from '../kit/rule.ts'

export const keyUnused = defineRule({
  id: 'key-unused',
  title: 'Unused key',
  severity: 'low',
  certainty: 'likely',
  doubt: 'It may be needed rarely; only the longer time of the policy requires its removal.',
  subject: 'key',
  looksFor: 'An unused key: flagged, due for removal, or never used',
  reads: 'Last use of keys, where the provider reports it',
  remediation: 'Ask its owner whether it is still needed.',
  actions: ['key-disable', 'key-delete'],
  controls: ['SOC 2 CC6.3', 'ISO 27001 A.5.18', 'NIST AC-2', 'PCI 7.2.5', 'CIS 5'],
  where: `k.kind <> 'admin' AND ${wasLastUsedBy(`:now - c.unused_flag_days * ${DAY}`)}
    AND k.last_used_at > :now - c.unused_remove_days * ${DAY}`,
  evidence: { ...LAST_USE_EVIDENCE, flagDays: 'c.unused_flag_days' },
  say: (e, { now }) =>
    `${lastUseWords(e, now)}; the policy flags keys after ${count(e.flagDays, 'day', 'days')} without use.`,
})
