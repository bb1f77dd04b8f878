import { invite, owner } from '../parts.ts'
import type { RuleCases } from '../rule-cases.ts'
import { AT, DAY } from '../worlds.ts'
import { toLocalDay } from '../../../../../shared/domain/day.ts'

const day = (from: number): string => toLocalDay(AT + from * DAY)

export const cases: RuleCases = {
  rule: 'leaver-with-access',
  found: {
    'a person who has left': { people: owner('ann'), employment: { ann: { status: 'departed' } } },
    'an invite to a person who has left': { people: invite(AT, null), employment: { inv: { status: 'departed' } } },
    'a person who has left since': { people: owner('ann'), employment: { ann: { endsOn: day(2) } }, later: 3 },
  },
  notFound: {
    'a person without HR data': { people: owner('ann') },
    'a person on leave': { people: owner('ann'), employment: { ann: { status: 'leave' } } },
    'a person who will leave': { people: owner('ann'), employment: { ann: { endsOn: day(30) } } },
  },
  boundary: {
    notYet: { 'the last day': { people: owner('ann'), employment: { ann: { endsOn: day(0) } } } },
    just: { 'the day after it': { people: owner('ann'), employment: { ann: { endsOn: day(-1) } } } },
  },
}
