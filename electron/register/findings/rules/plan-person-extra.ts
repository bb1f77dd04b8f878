import { PLANNED_EVIDENCE, plannedFor, sayPlanned } from '../kit/planned.ts'
import { defineRule } from '../kit/rule.ts'

export const planPersonExtra = defineRule({
  id: 'plan-person-extra',
  title: 'Person who is not planned',
  severity: 'medium',
  subject: 'principal',
  reads: 'The plan in force. Members and pending invites',
  remedy: 'Give the person a job in the plan, or remove them from the organization.',
  controls: ['SOC 2 CC6.3', 'ISO 27001 A.5.15', 'NIST AC-2', 'NIST AC-6', 'PCI 7.2.4', 'CIS 6'],
  ...plannedFor('plan-person-extra', 'p.id'),
  evidence: PLANNED_EVIDENCE,
  say: sayPlanned,
})
