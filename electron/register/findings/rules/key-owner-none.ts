import { defineRule } from '../kit/rule.ts'

export const keyOwnerNone = defineRule({
  id: 'key-owner-none',
  title: 'Key without an owner',
  severity: 'high',
  certainty: 'certain',
  subject: 'key',
  looksFor: 'A key without an owner, as distinct from a key whose creator is unknown',
  reads: 'Key owners',
  remediation: 'Find out what uses the key, record a contact for it, and replace it with a service account key.',
  actions: ['key-rotate', 'key-disable', 'key-delete'],
  controls: ['SOC 2 CC6.1', 'ISO 27001 A.5.17', 'NIST AC-2', 'NIST IA-5', 'PCI 8.6', 'CIS 5'],
  where: `k.owner_state = 'none' AND k.kind <> 'admin'`,
  evidence: { project: 'k.project_name' },
  say: () => 'The provider reports no owner: it belongs to its project, and its creator has left.',
})
