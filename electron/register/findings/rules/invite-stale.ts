import { isExpiredInvite } from '../../facts/invite-state.ts'
import { count, DAY, dayWord, defineRule } from '../kit/rule.ts'

export const inviteStale = defineRule({
  id: 'invite-stale',
  title: 'Pending invite not accepted',
  severity: 'low',
  certainty: 'certain',
  subject: 'principal',
  looksFor: 'An expired or stale invite',
  reads: 'Invites',
  remediation: 'Ask the person to accept it, or delete it: anyone who can read that mailbox can still accept it.',
  actions: ['invite-delete'],
  controls: ['SOC 2 CC6.2', 'ISO 27001 A.5.18', 'NIST AC-2', 'CIS 6'],
  where: `p.kind = 'invite' AND NOT ${isExpiredInvite('p')}
    AND p.added_at <= :now - c.stale_invite_days * ${DAY}`,
  evidence: { email: 'p.email', sentAt: 'p.added_at', role: 'p.role', days: 'c.stale_invite_days' },
  say: (e) =>
    `${e.email} was invited on ${dayWord(e.sentAt)} and has not accepted; the policy allows ${count(e.days, 'day', 'days')}.`,
})
