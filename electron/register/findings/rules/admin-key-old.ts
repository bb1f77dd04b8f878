import { formatDay } from '../../../../shared/domain/text/dates.ts'
import { defineRule } from '../kit/rule.ts'

export const adminKeyOld = defineRule({
  id: 'admin-key-old',
  title: 'Admin key overdue for rotation',
  severity: 'critical',
  certainty: 'certain',
  subject: 'key',
  looksFor: 'Admin keys that are old, unused, expiring or too numerous',
  reads: 'Due days of admin keys',
  remediation: 'Create a new admin key, deploy it, delete this one, and mark it as rotated.',
  actions: ['key-rotate', 'key-delete'],
  controls: ['SOC 2 CC6.1', 'ISO 27001 A.5.17', 'ISO 27001 A.8.2', 'NIST IA-5', 'PCI 8.6', 'CIS 5'],
  where: `k.kind = 'admin' AND k.due_on < :today`,
  evidence: { dueOn: 'k.due_on', basis: 'k.due_basis' },
  say: (e) => `It administers the whole organization, and its rotation was due on ${formatDay(String(e.dueOn))}.`,
})
