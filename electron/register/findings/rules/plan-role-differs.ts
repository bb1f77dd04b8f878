import { definePlanRule } from '../kit/planned.ts'

export const planRoleDiffers = definePlanRule({
  id: 'plan-role-differs',
  title: 'Role differs from the plan',
  severity: 'medium',
  certainty: 'certain',
  subject: 'principal',
  reads: 'The active plan; roles in the organization and in projects',
  remediation: 'Open the plan’s drift and set the planned role, or give the person another job in the plan.',
  controls: ['SOC 2 CC6.3', 'ISO 27001 A.5.15', 'NIST AC-2', 'NIST AC-6', 'PCI 7.2.4', 'CIS 6'],
})
