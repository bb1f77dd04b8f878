import { count, defineRule } from '../kit/rule.ts'

export const environmentsMixed = defineRule({
  id: 'environments-mixed',
  title: 'Production and development in one project',
  severity: 'medium',
  certainty: 'likely',
  doubt: 'Environments are read from names where none is set.',
  subject: 'project',
  looksFor: 'Production and development in one project',
  reads: 'Environments of keys, by project',
  remediation: 'Move production to a separate project; otherwise development keys share its limits and data.',
  actions: [],
  controls: ['SOC 2 CC6.1', 'ISO 27001 A.8.3', 'NIST AC-6', 'PCI 7.2.5', 'CIS 6'],
  where: `n.status = 'active' AND n.production_keys > 0 AND n.other_keys > 0`,
  evidence: { production: 'n.production_keys', other: 'n.other_keys' },
  say: (e) =>
    `It has ${count(e.production, 'production key', 'production keys')} and ${count(e.other, 'key', 'keys')} for development, test or staging.`,
})
