import { count, DAY, dayWord, defineRule } from '../kit/rule.ts'

export const keyExpiryPastCeiling = defineRule({
  id: 'key-expiry-past-ceiling',
  title: 'Key expires later than the maximum interval',
  severity: 'medium',
  certainty: 'certain',
  subject: 'key',
  looksFor: 'Expiry later than the maximum interval, or missing on production keys',
  reads: 'Creation and expiry of keys',
  remediation:
    'Replace it with a key that expires within the maximum interval, or set an earlier expiry at the provider.',
  actions: ['key-rotate', 'key-delete'],
  controls: ['SOC 2 CC6.1', 'ISO 27001 A.5.17', 'NIST IA-5', 'PCI 8.6'],
  where: `k.expires_at > k.created_at + c.ceiling_days * ${DAY}`,
  evidence: { createdAt: 'k.created_at', expiresAt: 'k.expires_at', ceilingDays: 'c.ceiling_days' },
  say: (e) =>
    `Created on ${dayWord(e.createdAt)}, it expires on ${dayWord(e.expiresAt)}: later than the maximum interval of ${count(e.ceilingDays, 'day', 'days')}.`,
})
