import { count, defineRule } from '../kit/rule.ts'

export const environmentsMixed = defineRule({
  id: 'environments-mixed',
  title: 'Production and development in one project',
  severity: 'medium',
  subject: 'project',
  looksFor: 'Production and development in one project',
  reads: 'Environments of keys, by project',
  remediation: 'Give production a project of its own; a development key shares its limits and its data otherwise.',
  actions: [],
  controls: ['SOC 2 CC6.1', 'ISO 27001 A.8.3', 'NIST AC-6', 'PCI 7.2.5', 'CIS 6'],
  where: `n.status = 'active' AND n.production_keys > 0 AND n.other_keys > 0`,
  evidence: { production: 'n.production_keys', other: 'n.other_keys' },
  say: (e) =>
    `${count(e.production, 'production key', 'production keys')} and ${count(e.other, 'key', 'keys')} of development, test or staging share it.`,
})
