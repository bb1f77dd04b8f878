import { defineRule } from '../kit/rule.ts'

/** Anthropic may omit the creator of a key. Unknown is not the same as no owner. */
export const keyCreatorUnknown = defineRule({
  id: 'key-creator-unknown',
  title: 'Key whose creator is unknown',
  severity: 'low',
  certainty: 'likely',
  doubt: 'It may have an owner whom the provider does not report.',
  subject: 'key',
  looksFor: 'A key without an owner, as distinct from a key whose creator is unknown',
  reads: 'Key owners',
  remediation: 'Find out who uses the key and record a contact for it.',
  actions: ['key-rotate'],
  controls: ['SOC 2 CC6.1', 'ISO 27001 A.5.17', 'NIST IA-5', 'CIS 5'],
  where: `k.owner_state = 'unknown'`,
  evidence: { project: 'k.project_name', contact: 'k.contact' },
  say: (e) =>
    `The provider does not report who created it${e.contact === null || e.contact === '' ? ', and no contact is recorded' : ''}. It may still have an owner.`,
})
