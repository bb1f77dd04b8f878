import { PLANNED_EVIDENCE, plannedFor, sayPlanned } from '../kit/planned.ts'
import { defineRule } from '../kit/rule.ts'

export const planOrganizationExtra = defineRule({
  id: 'plan-organization-extra',
  title: 'Organization that is not planned',
  severity: 'low',
  subject: 'connection',
  reads: 'The plan in force. Connections',
  remedy: 'Open the drift of the plan and say which of its organizations the connection is, or plan it.',
  controls: ['SOC 2 CC6.1', 'ISO 27001 A.5.9', 'NIST CM-2'],
  ...plannedFor('plan-organization-extra', 'c.id'),
  evidence: PLANNED_EVIDENCE,
  say: sayPlanned,
})
