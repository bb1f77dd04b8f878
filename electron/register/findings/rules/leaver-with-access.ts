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
  reads: 'HR files, and people marked as leaving; people and invites; keys in their name',
  remediation:
    'Remove the account or invite immediately. Rotate or delete the keys in their name and the keys they could see.',
  actions: ['principal', 'owned-keys', 'seen-keys'],
  controls: ['NIS2 11.2.2', 'SOC 2 CC6.2', 'ISO 27001 A.5.18', 'NIST AC-2', 'PCI 8.2.5', 'CIS 5', 'CIS 6'],
  join: 'JOIN temp.f_employed e ON e.id = p.id',
  where: `(e.status = 'departed' OR e.ends_on < :today)`,
  evidence: { email: 'p.email', kind: 'p.kind', role: 'p.role', endsOn: 'e.ends_on', keys: 'e.keys' },
  say: (e, { today }) =>
    `${departure(e.email ?? 'This person', e.endsOn, today)} but still has ${e.kind === 'invite' ? 'an invite' : 'an account'}${e.keys === 0 ? '' : ` and ${count(e.keys, 'key', 'keys')}`}.`,
})

/**
 * A person who is marked as a leaver before the last day may still be employed: the finding shows the contradiction.
 */
function departure(who: string | number, endsOn: string | number | null, today: Day): string {
  if (endsOn === null) return `${who} has left`
  const lastDay = formatDay(String(endsOn))
  return String(endsOn) > today ? `${who} has left, although the last day is ${lastDay},` : `${who} left on ${lastDay}`
}
