import { isExpiredInvite } from '../../facts/invite-state.ts'
import { dayWord, defineRule } from '../kit/rule.ts'

export const inviteExpired = defineRule({
  id: 'invite-expired',
  title: 'Expired invite',
  severity: 'low',
  certainty: 'certain',
  subject: 'principal',
  looksFor: 'An expired or stale invite',
  reads: 'Invites',
  remediation: 'Delete the invite; send a new one if the person is still expected.',
  actions: ['invite-delete'],
  controls: ['SOC 2 CC6.2', 'ISO 27001 A.5.18', 'NIST AC-2', 'CIS 6'],
  where: isExpiredInvite('p'),
  evidence: { email: 'p.email', expiresAt: 'p.expires_at', role: 'p.role' },
  say: (e) =>
    e.expiresAt === null
      ? `The invite for ${e.email} has expired.`
      : `The invite for ${e.email} expired on ${dayWord(e.expiresAt)}.`,
})
