import { definePlanRule } from '../kit/planned.ts'

export const planRoleDiffers = definePlanRule({
  id: 'plan-role-differs',
  title: 'Role other than planned',
  severity: 'medium',
  subject: 'principal',
  reads: 'The plan in force. Roles in the organization and in projects',
  remediation: 'Open the drift of the plan and set the role of the job, or give the person another job in the plan.',
  controls: ['SOC 2 CC6.3', 'ISO 27001 A.5.15', 'NIST AC-2', 'NIST AC-6', 'PCI 7.2.4', 'CIS 6'],
})
