import { defineRule } from '../kit/rule.ts'

export const organizationWithoutSpendLimit = defineRule({
  id: 'organization-without-spend-limit',
  title: 'Organization without a spend limit',
  severity: 'medium',
  certainty: 'certain',
  subject: 'connection',
  looksFor: 'No spend limit or alert where the policy requires one',
  reads: 'Spend limits and alerts, where they could be read',
  remediation: 'Set a limit, or at least an alert, for the organization at the provider.',
  actions: ['alert-set', 'limit-set'],
  controls: ['SOC 2 CC6.1', 'ISO 27001 A.5.15'],
  where: `c.spend_control <> 'none' AND c.organization_spend_read = 1
    AND NOT EXISTS (SELECT 1 FROM temp.f_spend s WHERE s.connection_id = c.id AND s.project_id = 0)`,
  evidence: { wanted: 'c.spend_control' },
  say: () => 'The organization has neither a spend limit nor an alert.',
})
