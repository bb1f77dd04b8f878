import { formatDay } from '../../../../shared/domain/text/dates.ts'
import { defineRule } from '../kit/rule.ts'

export const rotationOverdue = defineRule({
  id: 'rotation-overdue',
  title: 'Rotation overdue',
  severity: 'high',
  certainty: 'certain',
  subject: 'key',
  looksFor: 'Rotation that is overdue',
  reads: 'Due days of keys: policy, intervals, dates and expiry',
  remediation: 'Create a new key, deploy it, delete this one, and mark it as rotated.',
  actions: ['key-rotate', 'key-delete'],
  controls: ['SOC 2 CC6.1', 'ISO 27001 A.5.17', 'NIST IA-5', 'PCI 8.6', 'CIS 5'],
  where: `k.kind <> 'admin' AND k.due_on < :today`,
  evidence: { dueOn: 'k.due_on', basis: 'k.due_basis' },
  say: (e) => `Its rotation was due on ${formatDay(String(e.dueOn))}.`,
})
