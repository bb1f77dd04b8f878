import { definePlanRule } from '../kit/planned.ts'

export const planPersonMisplaced = definePlanRule({
  id: 'plan-person-misplaced',
  title: 'Membership that the planned job does not need',
  severity: 'medium',
  certainty: 'certain',
  subject: 'principal',
  reads: 'The active plan; members of organizations and projects',
  remediation: 'Open the plan’s drift and remove the person there, or add that access to the job in the plan.',
  controls: ['SOC 2 CC6.3', 'ISO 27001 A.5.15', 'NIST AC-2', 'NIST AC-6', 'PCI 7.2.4', 'CIS 6'],
})
