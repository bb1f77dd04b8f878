import { definePlanRule } from '../kit/planned.ts'

export const planProjectExtra = definePlanRule({
  id: 'plan-project-extra',
  title: 'Project that is not planned',
  severity: 'low',
  subject: 'project',
  reads: 'The plan in force. Projects',
  remediation: 'Plan the project, or archive it.',
  controls: ['SOC 2 CC6.1', 'ISO 27001 A.5.9', 'NIST CM-2'],
})
