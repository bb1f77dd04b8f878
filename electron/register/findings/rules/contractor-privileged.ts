import { formatDay } from '../../../../shared/domain/text/dates.ts'
import { defineRule } from '../kit/rule.ts'

export const contractorPrivileged = defineRule({
  id: 'contractor-privileged',
  title: 'Contractor with organization privilege',
  severity: 'high',
  certainty: 'certain',
  subject: 'principal',
  looksFor: 'A contractor with several projects or an organization privilege',
  reads: 'HR files; organization roles',
  remediation: 'Lower the role to member and grant only the project that is needed.',
  actions: ['member-role', 'principal'],
  controls: ['NIS2 11.2.2', 'SOC 2 CC6.3', 'ISO 27001 A.5.15', 'ISO 27001 A.8.2', 'NIST AC-6', 'PCI 7.2.4', 'CIS 6'],
  join: 'JOIN temp.f_employed e ON e.id = p.id AND e.contractor = 1',
  where: 'p.privileged = 1',
  evidence: { email: 'p.email', role: 'p.role', kind: 'p.kind', endsOn: 'e.ends_on' },
  say: (e) =>
    `HR data lists ${e.email ?? 'this person'} as a contractor${e.endsOn === null ? '' : ` until ${formatDay(String(e.endsOn))}`}, who ${e.kind === 'invite' ? 'is invited to administer' : 'administers'} the organization.`,
})
