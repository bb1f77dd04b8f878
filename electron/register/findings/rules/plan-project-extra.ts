import { PLANNED_EVIDENCE, plannedFor, sayPlanned } from '../kit/planned.ts'
import { defineRule } from '../kit/rule.ts'

export const planProjectExtra = defineRule({
  id: 'plan-project-extra',
  title: 'Project that is not planned',
  severity: 'low',
  subject: 'project',
  reads: 'The plan in force. Projects',
  remedy: 'Plan the project, or archive it.',
  controls: ['SOC 2 CC6.1', 'ISO 27001 A.5.9', 'NIST CM-2'],
  ...plannedFor('plan-project-extra', 'n.id'),
  evidence: PLANNED_EVIDENCE,
  say: sayPlanned,
})
