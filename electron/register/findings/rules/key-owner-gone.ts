import { defineRule, named, OWNER } from '../kit/rule.ts'

export const keyOwnerRemoved = defineRule({
  id: 'key-owner-gone',
  title: 'Key whose owner has left',
  severity: 'high',
  certainty: 'certain',
  subject: 'key',
  looksFor: 'A key whose owner has no access to its project',
  reads: 'Key owners; people and service accounts of the organization',
  remediation: 'Find out what uses the key, deploy a new service account key in its place, and delete this one.',
  actions: ['key-rotate', 'key-disable', 'key-delete'],
  controls: ['SOC 2 CC6.2', 'ISO 27001 A.5.17', 'ISO 27001 A.5.18', 'NIST AC-2', 'NIST IA-5', 'PCI 8.6', 'CIS 5'],
  where: 'k.owner_left = 1 AND k.unowned = 1',
  evidence: { owner: OWNER, ownerKind: 'k.owner_kind', project: 'k.project_name' },
  say: (e) =>
    `Its owner ${named(e.owner, 'without a name')} is no longer in the organization, but the key still works.`,
})
