import { definePlanRule } from '../kit/planned.ts'

export const planProjectLimitDiffers = definePlanRule({
  id: 'plan-project-limit-differs',
  title: 'Limit of a project is not as planned',
  severity: 'medium',
  subject: 'project',
  reads: 'The plan in force. Spend limits and alerts, where they could be read',
  remediation: 'Open the drift of the plan and set the planned limit or alert, or change the plan.',
  controls: ['SOC 2 CC6.1', 'ISO 27001 A.5.15'],
})
