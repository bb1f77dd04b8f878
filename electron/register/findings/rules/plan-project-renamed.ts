import { definePlanRule } from '../kit/planned.ts'

export const planProjectRenamed = definePlanRule({
  id: 'plan-project-renamed',
  title: 'Project name differs from the plan',
  severity: 'low',
  certainty: 'likely',
  doubt: 'The planned project is matched by its keys, people and limits.',
  subject: 'project',
  reads: 'The active plan; projects, with their keys, people and limits',
  remediation:
    'Open the plan’s drift and confirm whether it is the planned project; if so, rename it there or in the plan.',
  controls: ['SOC 2 CC6.1', 'ISO 27001 A.5.9', 'NIST CM-2'],
})
