import { defineRule } from '../kit/rule.ts'

export const agencyStaffInArchivedClient = defineRule({
  id: 'agency-staff-in-archived-client',
  title: 'Agency staff with access to an archived client',
  severity: 'high',
  certainty: 'certain',
  subject: 'principal',
  looksFor: 'Agency staff who still have access to an archived client',
  reads: 'Archived clients; e-mail addresses; the agency’s domains',
  remediation: 'Ask the client to remove the account: the engagement has ended.',
  actions: ['principal'],
  controls: ['NIS2 11.2.2', 'SOC 2 CC6.2', 'SOC 2 CC6.3', 'ISO 27001 A.5.18', 'NIST AC-2', 'PCI 7.2.4', 'CIS 6'],
  where: 'c.client_archived = 1 AND p.agency = 1',
  evidence: { email: 'p.email', role: 'p.role' },
  say: (e) => `${e.email} belongs to the agency and still has access to an archived client’s organization.`,
  afterArchiving: true,
})
