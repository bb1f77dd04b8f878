import { definePlanRule } from '../kit/planned.ts'

export const planOrganizationExtra = definePlanRule({
  id: 'plan-organization-extra',
  title: 'Organization that is not planned',
  severity: 'low',
  subject: 'connection',
  reads: 'The plan in force. Connections',
  remediation: 'Open the drift of the plan and say which of its organizations the connection is, or plan it.',
  controls: ['SOC 2 CC6.1', 'ISO 27001 A.5.9', 'NIST CM-2'],
})
