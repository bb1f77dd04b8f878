import type { Day } from '../../../../shared/domain/day.ts'
import { count, defineRule } from '../kit/rule.ts'

export const leaverWithAccess = defineRule({
  id: 'leaver-with-access',
  title: 'Departed person with access',
  severity: 'critical',
  subject: 'principal',
  looksFor: 'A leaver with access',
  reads: 'Personnel files, people and invites, keys in their name',
  remediation:
    'Remove the account or the invite at once, rotate or remove the keys in their name, and those they could see.',
  actions: ['principal', 'owned-keys', 'seen-keys'],
  controls: ['SOC 2 CC6.2', 'ISO 27001 A.5.18', 'NIST AC-2', 'PCI 8.2.5', 'CIS 5', 'CIS 6'],
  join: 'JOIN temp.f_employed e ON e.id = p.id',
  where: `(e.status = 'departed' OR e.ends_on < :today)`,
  evidence: { email: 'p.email', kind: 'p.kind', role: 'p.role', endsOn: 'e.ends_on', keys: 'e.keys' },
  say: (e, { today }) =>
    `${departure(e.email ?? 'this person', e.endsOn, today)}; the ${e.kind === 'invite' ? 'invite' : 'account'} still stands${e.keys === 0 ? '' : `, and ${count(e.keys, 'key', 'keys')} in their name`}.`,
})

/** A person who is marked as departed before the last day may still be employed: the finding shows the contradiction. */
function departure(who: string | number, endsOn: string | number | null, today: Day): string {
  if (endsOn === null) return `Personnel says that ${who} has gone`
  return String(endsOn) > today
    ? `Personnel marks ${who} as departed, with ${endsOn}, which is still to come, as the last day`
    : `Personnel says that ${who} has gone, with ${endsOn} as the last day`
}
