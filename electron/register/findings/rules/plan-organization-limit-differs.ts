import { PLANNED_EVIDENCE, plannedFor, sayPlanned } from '../kit/planned.ts'
import { defineRule } from '../kit/rule.ts'

export const planOrganizationLimitDiffers = defineRule({
  id: 'plan-organization-limit-differs',
  title: 'Limit of an organization is not as planned',
  severity: 'medium',
  subject: 'connection',
  reads: 'The plan in force. Spend limits and alerts, where they could be read',
  remedy: 'Open the drift of the plan and set the planned limit or alert, or change the plan.',
  controls: ['SOC 2 CC6.1', 'ISO 27001 A.5.15'],
  ...plannedFor('plan-organization-limit-differs', 'c.id'),
  evidence: PLANNED_EVIDENCE,
  say: sayPlanned,
})
