import { definePlanRule } from '../kit/planned.ts'

export const planOrganizationExtra = definePlanRule({
  id: 'plan-organization-extra',
  title: 'Unplanned organization',
  severity: 'low',
  certainty: 'certain',
  subject: 'connection',
  reads: 'The active plan; connections',
  remediation: 'Open the plan’s drift and choose which planned organization the connection is, or add it to the plan.',
  controls: ['SOC 2 CC6.1', 'ISO 27001 A.5.9', 'NIST CM-2'],
})
