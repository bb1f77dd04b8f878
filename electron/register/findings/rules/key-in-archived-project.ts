import { defineRule, named } from '../kit/rule.ts'

export const keyInArchivedProject = defineRule({
  id: 'key-in-archived-project',
  title: 'Key in an archived project',
  severity: 'high',
  certainty: 'certain',
  subject: 'key',
  looksFor: 'Membership or a key in an archived or idle project',
  reads: 'Projects and their keys',
  remediation: 'Delete the key: archived projects are rarely monitored.',
  actions: ['key-delete', 'key-disable'],
  controls: ['SOC 2 CC6.3', 'ISO 27001 A.5.18', 'NIST AC-2', 'PCI 7.2.5', 'CIS 5'],
  where: `k.project_status = 'archived'`,
  evidence: { project: 'k.project_name' },
  say: (e) => `Its project ${named(e.project, 'without a name')} is archived, but the key still exists.`,
})
