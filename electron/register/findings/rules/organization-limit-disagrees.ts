import { sayAgreed } from '../kit/agreed.ts'
import { defineRule } from '../kit/rule.ts'

export const organizationLimitDisagrees = defineRule({
  id: 'organization-limit-disagrees',
  title: 'Limit of the organization is not what was agreed',
  severity: 'medium',
  subject: 'connection',
  reads: 'Budgets that were agreed; spend limits and alerts, where they could be read',
  remedy: 'Set the limit or alert that was agreed at the provider, or agree on what it holds.',
  controls: ['SOC 2 CC6.1', 'ISO 27001 A.5.15'],
  join: 'JOIN temp.f_agreed a ON a.connection_id = c.id AND a.project_id = 0',
  where: 'true',
  evidence: { agreedMicros: 'a.agreed', enforcement: 'a.enforcement', held: 'a.held' },
  say: sayAgreed,
})
