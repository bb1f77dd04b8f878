import { providerName } from '../../../../shared/domain/providers/providers.ts'
import { defineRule } from '../kit/rule.ts'

/** A gateway calls other vendors with credentials that are deposited there; no list of those vendors shows the copy. */
export const keyDeposited = defineRule({
  id: 'key-deposited',
  title: 'Deposited key of another vendor',
  severity: 'low',
  certainty: 'certain',
  subject: 'key',
  looksFor: 'A key of another vendor that is deposited at a gateway',
  reads: 'Deposited keys (OpenRouter, LiteLLM)',
  remediation: 'Record a contact for it, and replace it here whenever it is rotated at its vendor.',
  actions: ['key-rotate', 'key-disable', 'key-delete'],
  controls: ['SOC 2 CC6.1', 'ISO 27001 A.5.17', 'NIST IA-5', 'PCI 8.6', 'CIS 5'],
  where: 'k.vendor IS NOT NULL',
  evidence: { vendor: 'k.vendor', project: 'k.project_name' },
  say: (e) =>
    `It is a copy of a key of ${providerName(String(e.vendor))}, used ${e.project === null ? 'in every workspace' : `in ${String(e.project)}`}. A rotation there does not change this copy.`,
})
