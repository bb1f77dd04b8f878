import { definePlanRule } from '../kit/planned.ts'

export const planProjectLimitDiffers = definePlanRule({
  id: 'plan-project-limit-differs',
  title: 'Project limit differs from the plan',
  severity: 'medium',
  certainty: 'certain',
  subject: 'project',
  reads: 'The active plan; spend limits and alerts, where they could be read',
  remediation: 'Open the plan’s drift and set the planned limit or alert, or change the plan.',
  controls: ['SOC 2 CC6.1', 'ISO 27001 A.5.15'],
})
