import { defineRule, named, OWNER } from '../kit/rule.ts'

export const keyOwnerWithoutProject = defineRule({
  id: 'key-owner-without-project',
  title: 'Key whose owner has lost access to its project',
  severity: 'high',
  certainty: 'certain',
  subject: 'key',
  looksFor: 'A key whose owner has no access to its project',
  reads: 'The owner’s access to the key’s project, as the provider reports it (OpenAI)',
  remediation:
    'Ask whether the key is still needed. If so, replace it with a key of a project member; otherwise delete it.',
  actions: ['key-delete', 'key-disable', 'key-rotate'],
  controls: ['SOC 2 CC6.3', 'ISO 27001 A.5.18', 'ISO 27001 A.8.3', 'NIST AC-2', 'NIST AC-6', 'PCI 7.2.5', 'CIS 6'],
  where: `k.owner_access = 'inactive' AND k.owner_left = 0`,
  evidence: { owner: OWNER, project: 'k.project_name' },
  say: (e) =>
    `Its owner ${named(e.owner, 'without a name')} no longer has access to the project ${named(e.project, 'of the key')}, but the key still does.`,
})
