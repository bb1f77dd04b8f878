import { isUnused } from '../../facts/unused.ts'
import { DAY, dayWord, defineRule } from '../kit/rule.ts'

export const adminKeyUnused = defineRule({
  id: 'admin-key-unused',
  title: 'Unused admin key',
  severity: 'high',
  certainty: 'certain',
  subject: 'key',
  looksFor: 'Admin keys that are old, unused, expiring or too numerous',
  reads: 'Last use of admin keys, where the provider reports it',
  remediation: 'Delete it: an unused key with full access is only a risk.',
  actions: ['key-delete'],
  controls: ['SOC 2 CC6.3', 'ISO 27001 A.8.2', 'NIST AC-6', 'PCI 7.2.5', 'CIS 5'],
  where: `k.kind = 'admin' AND ${isUnused(`:now - c.unused_flag_days * ${DAY}`, `:now - c.never_used_days * ${DAY}`)}`,
  evidence: { lastUsedAt: 'k.last_used_at', createdAt: 'k.created_at' },
  say: (e) =>
    e.lastUsedAt === null
      ? `Created on ${dayWord(e.createdAt)} and never used.`
      : `Last used on ${dayWord(e.lastUsedAt)}.`,
})
