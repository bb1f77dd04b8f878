import { definePlanRule } from '../kit/planned.ts'

export const planProjectExtra = definePlanRule({
  id: 'plan-project-extra',
  title: 'Unplanned project',
  severity: 'low',
  certainty: 'certain',
  subject: 'project',
  reads: 'The active plan; projects',
  remediation: 'Add the project to the plan, or archive it.',
  controls: ['SOC 2 CC6.1', 'ISO 27001 A.5.9', 'NIST CM-2'],
})
