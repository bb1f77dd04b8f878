import { isNeverUsedSince } from '../../facts/unused.ts'
import { count, DAY, dayWord, defineRule } from '../kit/rule.ts'

export const keyNeverUsed = defineRule({
  id: 'key-never-used',
  title: 'Key never used',
  severity: 'medium',
  certainty: 'certain',
  subject: 'key',
  looksFor: 'An unused key: flagged, due for removal, or never used',
  reads: 'Last use and creation of keys, where the provider reports them',
  remediation: 'Delete it. If it is kept for emergencies, record that in its notes and accept the risk until a date.',
  actions: ['key-delete', 'key-disable'],
  controls: ['SOC 2 CC6.3', 'ISO 27001 A.5.18', 'NIST AC-2', 'PCI 7.2.5', 'CIS 5'],
  where: `k.kind <> 'admin' AND ${isNeverUsedSince(`:now - c.never_used_days * ${DAY}`)}`,
  evidence: { createdAt: 'k.created_at', neverDays: 'c.never_used_days' },
  say: (e) =>
    `Created on ${dayWord(e.createdAt)} and never used; the policy allows ${count(e.neverDays, 'day', 'days')}.`,
})
