import { count, defineRule } from '../kit/rule.ts'

export const projectWithoutSpendLimit = defineRule({
  id: 'project-without-spend-limit',
  title: 'Project without a spend limit',
  severity: 'low',
  certainty: 'certain',
  subject: 'project',
  looksFor: 'No spend limit or alert where the policy requires one',
  reads: 'Spend limits and alerts, where they could be read; keys of projects',
  remediation: 'Set a limit, or at least an alert, for the project at the provider.',
  actions: ['alert-set', 'limit-set'],
  controls: ['SOC 2 CC6.1', 'ISO 27001 A.5.15'],
  where: `c.spend_control = 'project' AND n.status = 'active' AND n.spend_read = 1 AND n.keys > 0
    AND NOT EXISTS (SELECT 1 FROM temp.f_spend s WHERE s.connection_id = c.id AND s.project_id = n.id)`,
  evidence: { keys: 'n.keys' },
  say: (e) => `The project has ${count(e.keys, 'key', 'keys')}, but neither a spend limit nor an alert.`,
})
