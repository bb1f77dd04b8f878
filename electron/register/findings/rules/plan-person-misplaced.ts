import { definePlanRule } from '../kit/planned.ts'

export const planPersonMisplaced = definePlanRule({
  id: 'plan-person-misplaced',
  title: 'Person in a place that their job does not need',
  severity: 'medium',
  subject: 'principal',
  reads: 'The plan in force. Members of organizations and projects',
  remediation: 'Open the drift of the plan and take the person out of there, or let the job reach it in the plan.',
  controls: ['SOC 2 CC6.3', 'ISO 27001 A.5.15', 'NIST AC-2', 'NIST AC-6', 'PCI 7.2.4', 'CIS 6'],
})
