import { defineRule } from '../kit/rule.ts'

export const borrowedAccess = defineRule({
  id: 'borrowed-access',
  title: 'Agency staff without a reason and an end',
  severity: 'medium',
  certainty: 'certain',
  subject: 'principal',
  looksFor: 'Access of agency staff at a client without a reason and an end',
  reads: 'E-mail addresses; the agency’s domains; the policy “Access of agency staff at a client”',
  remediation:
    'Remove the account, or accept the risk: the reason of the acceptance is that of the access, and its last day the end of the access.',
  actions: ['principal'],
  controls: ['NIS2 11.2.2', 'SOC 2 CC6.3', 'ISO 27001 A.5.15', 'ISO 27001 A.5.18', 'NIST AC-2', 'PCI 7.2.4', 'CIS 6'],
  where: 'c.agency_access_needs_reason = 1 AND c.client_internal = 0 AND p.agency = 1',
  evidence: { email: 'p.email', role: 'p.role' },
  say: (e) => `${e.email} belongs to the agency and has access here; no reason and no end are recorded.`,
})
