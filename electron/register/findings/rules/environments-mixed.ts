import { count, defineRule } from '../rule.ts'

export const environmentsMixed = defineRule({
  id: 'environments-mixed',
  title: 'Production and development in one project',
  severity: 'medium',
  subject: 'project',
  reads: 'Environments of keys, by project',
  remedy: 'Give production a project of its own; a development key shares its limits and its data otherwise.',
  controls: ['SOC 2 CC6.1', 'ISO 27001 A.8.3', 'NIST AC-6', 'PCI 7.2.5', 'CIS 6'],
  join: `JOIN (SELECT project_id, count(*) FILTER (WHERE environment = 'production') AS production,
      count(*) FILTER (WHERE environment IN ('development', 'test', 'staging')) AS other
    FROM temp.f_key WHERE project_id IS NOT NULL GROUP BY project_id) a ON a.project_id = n.id`,
  where: `n.status = 'active' AND a.production > 0 AND a.other > 0`,
  evidence: { production: 'a.production', other: 'a.other' },
  say: (e) =>
    `${count(e.production, 'production key', 'production keys')} and ${count(e.other, 'key', 'keys')} of development, test or staging share it.`,
})
