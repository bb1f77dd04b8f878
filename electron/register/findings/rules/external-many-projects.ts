import { count, defineRule } from '../kit/rule.ts'

export const externalManyProjects = defineRule({
  id: 'external-many-projects',
  title: 'External person in several projects',
  severity: 'high',
  certainty: 'certain',
  subject: 'principal',
  looksFor: 'A person outside the client’s and the agency’s domains, and their access',
  reads: 'E-mail addresses; domains of the client and the agency; effective access',
  remediation: 'Keep only the project that is needed, or accept the risk until the contract ends.',
  actions: ['projects', 'principal'],
  controls: ['NIS2 11.2.2', 'SOC 2 CC6.3', 'ISO 27001 A.5.15', 'ISO 27001 A.8.3', 'NIST AC-6', 'PCI 7.2.4', 'CIS 6'],
  where: 'p.external = 1 AND p.privileged = 0 AND p.projects > 1',
  evidence: { email: 'p.email', projects: 'p.projects' },
  say: (e) =>
    `${e.email} is outside the client’s and the agency’s domains and has access to ${count(e.projects, 'project', 'projects')}.`,
})
