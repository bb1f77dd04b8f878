import { defineRule, named, OWNER } from '../kit/rule.ts'

export const keyOwnerWithoutProject = defineRule({
  id: 'key-owner-without-project',
  title: 'Key whose owner has lost the project',
  severity: 'high',
  subject: 'key',
  looksFor: 'A key whose owner has no access to its project',
  reads: 'What the provider says about the owner’s access to the key’s project (OpenAI)',
  remediation:
    'Ask whether the key is still needed; hand it to somebody of the project by making a new one, or delete it.',
  actions: ['key-delete', 'key-disable', 'key-rotate'],
  controls: ['SOC 2 CC6.3', 'ISO 27001 A.5.18', 'ISO 27001 A.8.3', 'NIST AC-2', 'NIST AC-6', 'PCI 7.2.5', 'CIS 6'],
  where: `k.owner_access = 'inactive' AND k.owner_left = 0`,
  evidence: { owner: OWNER, project: 'k.project_name' },
  say: (e) =>
    `Its owner ${named(e.owner, 'without a name')} no longer reaches the project ${named(e.project, 'of the key')}, and the key still does.`,
})
