import { defineRule } from '../kit/rule.ts'

export const keyOwnerNone = defineRule({
  id: 'key-owner-none',
  title: 'Key that nobody owns',
  severity: 'high',
  subject: 'key',
  looksFor: 'A key without an owner, which is not the same as a key whose creator is unknown',
  reads: 'Owners of keys',
  remediation: 'Find out what uses the key, name a contact for it, and replace it by a key of a service account.',
  actions: ['key-rotate', 'key-disable', 'key-delete'],
  controls: ['SOC 2 CC6.1', 'ISO 27001 A.5.17', 'NIST AC-2', 'NIST IA-5', 'PCI 8.6', 'CIS 5'],
  where: `k.owner_state = 'none' AND k.kind <> 'admin'`,
  evidence: { project: 'k.project_name' },
  say: () => 'The provider says that nobody owns it: it belongs to its project and outlived whoever made it.',
})
