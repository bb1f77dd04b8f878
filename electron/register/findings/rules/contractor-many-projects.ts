import { count, defineRule } from '../kit/rule.ts'

/** Counted in one organization: a freelancer may well work for several clients, in a project of each. */
export const contractorManyProjects = defineRule({
  id: 'contractor-many-projects',
  title: 'Contractor in several projects',
  severity: 'medium',
  certainty: 'certain',
  subject: 'principal',
  looksFor: 'A contractor with several projects or an organization privilege',
  reads: 'HR files; effective access',
  remediation: 'Keep only the project that the contract covers, or accept the risk until the contract ends.',
  actions: ['projects', 'principal'],
  controls: ['NIS2 11.2.2', 'SOC 2 CC6.3', 'ISO 27001 A.5.15', 'ISO 27001 A.8.3', 'NIST AC-6', 'PCI 7.2.4', 'CIS 6'],
  join: 'JOIN temp.f_employed e ON e.id = p.id AND e.contractor = 1',
  where: 'p.privileged = 0 AND e.projects > c.contractor_max_projects',
  evidence: { email: 'p.email', projects: 'e.projects', most: 'c.contractor_max_projects', endsOn: 'e.ends_on' },
  say: (e) =>
    `HR data lists ${e.email ?? 'this person'} as a contractor, who has access to ${count(e.projects, 'project', 'projects')}; the policy allows ${e.most}.`,
})
