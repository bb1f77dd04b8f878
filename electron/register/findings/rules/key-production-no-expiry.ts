import { defineRule } from '../kit/rule.ts'

export const keyProductionNoExpiry = defineRule({
  id: 'key-production-no-expiry',
  title: 'Production key without expiry',
  severity: 'low',
  certainty: 'certain',
  subject: 'key',
  looksFor: 'Expiry later than the maximum interval, or missing on production keys',
  reads: 'Expiry and environment of keys',
  remediation: 'Set an expiry at the next rotation.',
  actions: ['key-rotate'],
  controls: ['SOC 2 CC6.1', 'ISO 27001 A.5.17', 'NIST IA-5', 'PCI 8.6'],
  where: `c.production_keys_expire = 1 AND k.production = 1 AND k.expires_at IS NULL AND k.ends_unknown = 0 AND k.kind <> 'admin'`,
  evidence: { environment: 'k.environment', project: 'k.project_name' },
  say: () => 'Its environment is production, and it never expires; the policy requires production keys to expire.',
})
