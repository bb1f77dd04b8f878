import { invite } from '../parts.ts'
import type { RuleCases } from '../rule-cases.ts'
import { ago } from '../worlds.ts'

export const cases: RuleCases = {
  rule: 'invite-stale',
  subjects: ['inv'],
  found: {
    '100 days': { people: invite(ago(100), ago(-7)) },
  },
  notFound: {
    'expired, which is another rule': { people: invite(ago(14), ago(1)) },
  },
  boundary: {
    notYet: { '13 days': { people: invite(ago(13), ago(-7)) } },
    just: { '14 days': { people: invite(ago(14), ago(-7)) } },
  },
}
