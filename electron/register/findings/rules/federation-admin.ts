import { capitalize } from '../../../../shared/domain/capitalize.ts'
import { defineRule, type Evidence } from '../kit/rule.ts'
import { EFFECTIVE_GRANTS } from '../../facts/grant-now.ts'

function limitWords({ level, roleLevel }: Evidence): string {
  return roleLevel === null || roleLevel === level ? '' : `, limited by the scopes of the rule to ${String(level)},`
}

export const federationAdmin = defineRule({
  id: 'federation-admin',
  title: 'Administration by federation',
  severity: 'high',
  certainty: 'certain',
  subject: 'principal',
  among: 'accounts',
  looksFor: 'Access without a key: federation rules that are too open, and service accounts that administer',
  reads: 'Federation rules, and the roles of their service accounts',
  remediation: 'Lower the scope of the rule or the role of its account: a pipeline rarely has to administer.',
  actions: ['federation-delete'],
  controls: ['NIS2 11.3', 'SOC 2 CC6.1', 'SOC 2 CC6.3', 'ISO 27001 A.8.2', 'NIST AC-6', 'PCI 7.2.5', 'CIS 5', 'CIS 6'],
  // The columns beside `min` are those of the row that has it: one path, so that the role is that of the workload.
  join: `JOIN (SELECT e.principal_id, e.via_role AS workload, e.role_raw AS role, e.level AS level, e.project_id IS NULL AS organization,
      (SELECT x.level FROM ${EFFECTIVE_GRANTS} x WHERE x.principal_id = e.principal_id AND x.project_id IS e.project_id
        AND x.role_raw = e.role_raw AND x.via <> 'federation') AS role_level,
      min((e.project_id IS NOT NULL) || ifnull(e.via_role, '')) FROM temp.f_account s
    CROSS JOIN ${EFFECTIVE_GRANTS} e ON e.principal_id = s.id
    WHERE e.via = 'federation' AND e.level IN ('owner', 'admin') GROUP BY e.principal_id) a ON a.principal_id = p.id`,
  where: 'true',
  evidence: {
    workload: 'a.workload',
    role: 'a.role',
    level: 'a.level',
    roleLevel: 'a.role_level',
    organization: 'a.organization',
  },
  say: (e) =>
    `${capitalize(String(e.workload))} can administer ${
      e.organization === 1 ? 'the organization' : 'a project'
    } through it, with the role ${String(e.role)}${limitWords(e)} and without a key.`,
})
