import { DAY, dayWord, defineRule } from '../kit/rule.ts'

export const adminKeyExpiring = defineRule({
  id: 'admin-key-expiring',
  title: 'Admin key that expires soon',
  severity: 'medium',
  certainty: 'certain',
  subject: 'key',
  looksFor: 'Admin keys that are old, unused, expiring or too numerous',
  reads: 'Expiry of admin keys',
  remediation: 'Replace it before it expires; otherwise everything that uses it stops working.',
  actions: ['key-rotate'],
  controls: ['SOC 2 CC6.1', 'ISO 27001 A.5.17', 'NIST IA-5'],
  where: `k.kind = 'admin' AND k.expires_at <= :now + c.expiry_notice_days * ${DAY}`,
  evidence: { expiresAt: 'k.expires_at' },
  say: (e) => `It expires on ${dayWord(e.expiresAt)}.`,
})
