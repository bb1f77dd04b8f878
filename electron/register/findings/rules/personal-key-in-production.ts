import { isPersonalKey } from '../../facts/key-holder.ts'
import { defineRule, named, OWNER } from '../kit/rule.ts'

/** Anthropic and OpenRouter report who created a key, but the key belongs to its workspace, not to a person. */
export const personalKeyInProduction = defineRule({
  id: 'personal-key-in-production',
  title: 'Personal key in production',
  severity: 'medium',
  certainty: 'likely',
  doubt: 'Production is read from names where no environment is set.',
  subject: 'key',
  looksFor: 'A personal key in production',
  reads: 'Owners and environment of keys',
  remediation:
    'Replace it with a service account key: when the person leaves, it stops working or stays in use unnoticed.',
  actions: ['key-rotate', 'key-delete'],
  controls: ['SOC 2 CC6.1', 'ISO 27001 A.5.17', 'NIST IA-5', 'PCI 8.6', 'CIS 5'],
  where: `k.production = 1 AND k.owner_state = 'known' AND ${isPersonalKey('c.provider', 'k', 'NULL')}`,
  evidence: { owner: OWNER, project: 'k.project_name', environment: 'k.environment' },
  say: (e) => `Its environment is production, and it belongs to a person, ${named(e.owner, 'whose name is unknown')}.`,
})
