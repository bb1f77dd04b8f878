import { isExpiredInvite } from '../../facts/invite-state.ts'
import { count, DAY, dayWord, defineRule } from '../kit/rule.ts'

export const inviteStale = defineRule({
  id: 'invite-stale',
  title: 'Invite that nobody takes up',
  severity: 'low',
  subject: 'principal',
  looksFor: 'An expired or stale invite',
  reads: 'Invites',
  remediation: 'Ask the person, or delete the invite: whoever reads that mailbox can still take it up.',
  actions: ['invite-delete'],
  controls: ['SOC 2 CC6.2', 'ISO 27001 A.5.18', 'NIST AC-2', 'CIS 6'],
  where: `p.kind = 'invite' AND NOT ${isExpiredInvite('p')}
    AND p.added_at <= :now - c.stale_invite_days * ${DAY}`,
  evidence: { email: 'p.email', sentAt: 'p.added_at', role: 'p.role', days: 'c.stale_invite_days' },
  say: (e) =>
    `${e.email} was invited on ${dayWord(e.sentAt)} and has not come; the policy gives ${count(e.days, 'day', 'days')}.`,
})
