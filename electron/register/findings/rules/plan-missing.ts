import { definePlanRule } from '../kit/planned.ts'

/** What the plan has and the organization has not; where a list could not be read, nothing is called missing. */
export const planMissing = definePlanRule({
  id: 'plan-missing',
  title: 'Planned and not there',
  severity: 'medium',
  subject: 'connection',
  reads: 'The plan in force. Projects, keys and people, where they could be read',
  remediation: 'Open the drift of the plan and put what is missing in place, or take it out of the plan.',
  controls: ['SOC 2 CC6.1', 'ISO 27001 A.5.9', 'NIST CM-2'],
})
