import { count, defineRule } from '../kit/rule.ts'
import { DORMANT_GRANTS } from '../../facts/grant-now.ts'

export const archivedProjectMembers = defineRule({
  id: 'archived-project-members',
  title: 'Members of an archived project',
  severity: 'low',
  certainty: 'opinion',
  doubt: 'Members of an archived project have no access until it is unarchived.',
  subject: 'project',
  looksFor: 'Membership or a key in an archived or idle project',
  reads: 'Projects and grants in them',
  remediation: 'Remove the members, so that they do not regain access if the project is unarchived.',
  actions: [],
  controls: ['SOC 2 CC6.3', 'ISO 27001 A.5.18', 'NIST AC-2', 'CIS 6'],
  join: `JOIN (SELECT e.project_id, count(DISTINCT e.principal_id) AS members FROM temp.f_project f
    CROSS JOIN ${DORMANT_GRANTS} e ON e.project_id = f.id WHERE f.status = 'archived' GROUP BY e.project_id) a ON a.project_id = n.id`,
  where: `n.status = 'archived'`,
  evidence: { members: 'a.members' },
  say: (e) => `The project is archived but still has ${count(e.members, 'member', 'members')}.`,
})
