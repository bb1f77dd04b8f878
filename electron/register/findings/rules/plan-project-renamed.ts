import { definePlanRule } from '../kit/planned.ts'

export const planProjectRenamed = definePlanRule({
  id: 'plan-project-renamed',
  title: 'Project under another name than planned',
  severity: 'low',
  subject: 'project',
  reads: 'The plan in force. Projects, with their keys, people and limits',
  remediation:
    'Open the drift of the plan and say whether it is the planned one; rename it then, there or in the plan.',
  controls: ['SOC 2 CC6.1', 'ISO 27001 A.5.9', 'NIST CM-2'],
})
