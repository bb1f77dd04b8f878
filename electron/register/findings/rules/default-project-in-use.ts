import { count, defineRule } from '../kit/rule.ts'

export const defaultProjectInUse = defineRule({
  id: 'default-project-in-use',
  title: 'Default project in use',
  severity: 'low',
  certainty: 'opinion',
  doubt: 'One project may be enough for a small organization.',
  subject: 'project',
  looksFor: 'The default project in use',
  reads: 'Projects and their keys',
  remediation: 'Move the keys to a separate project with its own members and limits.',
  actions: [],
  controls: ['SOC 2 CC6.1', 'ISO 27001 A.8.3', 'NIST AC-6', 'CIS 6'],
  where: `n.is_default = 1 AND n.status = 'active' AND n.keys > 0`,
  evidence: { keys: 'n.keys' },
  say: (e) => `The default project, which all members share, has ${count(e.keys, 'key', 'keys')}.`,
})
