import { formatDay } from '../../../../shared/domain/text/dates.ts'
import type { Day } from '../../../../shared/domain/day.ts'
import { count, defineRule } from '../kit/rule.ts'

export const leaverWithAccess = defineRule({
  id: 'leaver-with-access',
  title: 'Leaver with access',
  severity: 'critical',
  certainty: 'certain',
  subject: 'principal',
  looksFor: 'A leaver with access',
  reads: 'HR files; people and invites; keys in their name',
  remediation:
    'Remove the account or invite immediately. Rotate or delete the keys in their name and the keys they could see.',
  actions: ['principal', 'owned-keys', 'seen-keys'],
  controls: ['SOC 2 CC6.2', 'ISO 27001 A.5.18', 'NIST AC-2', 'PCI 8.2.5', 'CIS 5', 'CIS 6'],
  join: 'JOIN temp.f_employed e ON e.id = p.id',
  where: `(e.status = 'departed' OR e.ends_on < :today)`,
  evidence: { email: 'p.email', kind: 'p.kind', role: 'p.role', endsOn: 'e.ends_on', keys: 'e.keys' },
  say: (e, { today }) =>
    `${departure(e.email ?? 'this person', e.endsOn, today)}; the ${e.kind === 'invite' ? 'invite' : 'account'} still exists${e.keys === 0 ? '' : `, with ${count(e.keys, 'key', 'keys')} in their name`}.`,
})

/**
 * A person who is marked as a leaver before the last day may still be employed: the finding shows the contradiction.
 */
function departure(who: string | number, endsOn: string | number | null, today: Day): string {
  if (endsOn === null) return `HR data reports that ${who} has left`
  return String(endsOn) > today
    ? `HR data reports that ${who} has left, although the last day, ${formatDay(String(endsOn))}, is in the future`
    : `HR data reports that ${who} has left, with ${formatDay(String(endsOn))} as the last day`
}
