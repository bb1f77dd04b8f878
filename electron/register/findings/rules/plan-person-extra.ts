import { definePlanRule } from '../kit/planned.ts'

export const planPersonExtra = definePlanRule({
  id: 'plan-person-extra',
  title: 'Unplanned person',
  severity: 'medium',
  certainty: 'certain',
  subject: 'principal',
  reads: 'The active plan; members and pending invites',
  remediation: 'Give the person a job in the plan, or remove them from the organization.',
  controls: ['SOC 2 CC6.3', 'ISO 27001 A.5.15', 'NIST AC-2', 'NIST AC-6', 'PCI 7.2.4', 'CIS 6'],
})
