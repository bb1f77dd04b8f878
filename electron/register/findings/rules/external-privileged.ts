import { defineRule } from '../kit/rule.ts'

export const externalPrivileged = defineRule({
  id: 'external-privileged',
  title: 'External person with organization privilege',
  severity: 'critical',
  certainty: 'certain',
  subject: 'principal',
  looksFor: 'A person outside the client’s and the agency’s domains, and their access',
  reads: 'E-mail addresses; domains of the client and the agency; organization roles',
  remediation: 'Lower the role to member and grant only the project that is needed.',
  actions: ['member-role', 'principal'],
  controls: ['NIS2 11.2.2', 'SOC 2 CC6.3', 'ISO 27001 A.5.15', 'ISO 27001 A.8.2', 'NIST AC-6', 'PCI 7.2.4', 'CIS 6'],
  where: 'p.external = 1 AND p.privileged = 1',
  evidence: { email: 'p.email', kind: 'p.kind' },
  say: (e) =>
    `${e.email} is outside the client’s and the agency’s domains and ${e.kind === 'invite' ? 'is invited to administer' : 'administers'} the organization.`,
})
