import { defineRule } from '../kit/rule.ts'
import { PRIVILEGED_GRANTS } from '../../facts/grant-now.ts'

export const serviceAccountAdmin = defineRule({
  id: 'service-account-admin',
  title: 'Service account that administers the organization',
  severity: 'high',
  certainty: 'certain',
  subject: 'principal',
  among: 'accounts',
  looksFor: 'Access without a key: federation rules that are too open, and service accounts that administer',
  reads: 'Service accounts and their roles on the organization',
  remediation: 'Lower its role: a program rarely has to administer people, keys and limits.',
  actions: ['principal'],
  controls: ['NIS2 11.3', 'SOC 2 CC6.1', 'SOC 2 CC6.3', 'ISO 27001 A.8.2', 'NIST AC-6', 'PCI 7.2.5', 'CIS 5', 'CIS 6'],
  join: `JOIN (SELECT e.principal_id, min(e.role_raw) AS role FROM temp.f_account s
      CROSS JOIN ${PRIVILEGED_GRANTS} e ON e.connection_id = s.connection_id AND e.principal_id = s.id
    WHERE e.project_id IS NULL GROUP BY e.principal_id) a ON a.principal_id = p.id`,
  where: 'true',
  evidence: { role: 'a.role' },
  say: (e) => `It holds the role ${String(e.role)} on the organization, and no person signs in as it.`,
})
