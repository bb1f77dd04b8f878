import { definePlanRule } from '../kit/planned.ts'

export const planOrganizationLimitDiffers = definePlanRule({
  id: 'plan-organization-limit-differs',
  title: 'Limit of an organization is not as planned',
  severity: 'medium',
  subject: 'connection',
  reads: 'The plan in force. Spend limits and alerts, where they could be read',
  remediation: 'Open the drift of the plan and set the planned limit or alert, or change the plan.',
  controls: ['SOC 2 CC6.1', 'ISO 27001 A.5.15'],
})
