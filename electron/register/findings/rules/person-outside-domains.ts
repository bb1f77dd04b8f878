import { defineRule } from '../kit/rule.ts'

export const personOutsideDomains = defineRule({
  id: 'person-outside-domains',
  title: 'Person outside the known domains',
  severity: 'low',
  certainty: 'likely',
  doubt: 'The client may own a domain that is not recorded here.',
  subject: 'principal',
  looksFor: 'A person outside the client’s and the agency’s domains, and their access',
  reads: 'E-mail addresses; domains of the client and the agency',
  remediation: 'Find out who it is. Add the domain to the client if the client owns it; otherwise remove the person.',
  actions: ['principal'],
  controls: ['NIS2 11.2.2', 'SOC 2 CC6.2', 'ISO 27001 A.5.16', 'NIST AC-2', 'PCI 7.2.4', 'CIS 5'],
  where: 'p.external = 1',
  evidence: { email: 'p.email', kind: 'p.kind' },
  say: (e) => `${e.email} is outside the client’s and the agency’s domains.`,
})
