import { defineRule } from '../kit/rule.ts'

/** Anthropic may leave the creator of a key out: that is unknown, and not the same as nobody. */
export const keyCreatorUnknown = defineRule({
  id: 'key-creator-unknown',
  title: 'Key whose creator is not known',
  severity: 'low',
  subject: 'key',
  looksFor: 'A key without an owner, which is not the same as a key whose creator is unknown',
  reads: 'Owners of keys',
  remediation: 'Ask around who uses the key and name a contact for it here.',
  actions: ['key-rotate'],
  controls: ['SOC 2 CC6.1', 'ISO 27001 A.5.17', 'NIST IA-5', 'CIS 5'],
  where: `k.owner_state = 'unknown'`,
  evidence: { project: 'k.project_name', contact: 'k.contact' },
  say: (e) =>
    `The provider does not say who made it${e.contact === null || e.contact === '' ? ', and no contact is named' : ''}. It may well have an owner.`,
})
