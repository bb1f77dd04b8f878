import { invite, owner } from '../parts.ts'
import type { RuleCases } from '../rule-cases.ts'
import { AT, DAY } from '../worlds.ts'
import { toLocalDay } from '../../../../../shared/domain/day.ts'

const day = (from: number): string => toLocalDay(AT + from * DAY)

export const cases: RuleCases = {
  rule: 'leaver-with-access',
  found: {
    'somebody who has gone': { people: owner('ann'), employment: { ann: { status: 'departed' } } },
    'an invite to somebody who has gone': { people: invite(AT, null), employment: { inv: { status: 'departed' } } },
    'somebody who has gone since': { people: owner('ann'), employment: { ann: { endsOn: day(2) } }, later: 3 },
  },
  notFound: {
    'somebody of whom nothing is known': { people: owner('ann') },
    'somebody on leave': { people: owner('ann'), employment: { ann: { status: 'leave' } } },
    'somebody who will go': { people: owner('ann'), employment: { ann: { endsOn: day(30) } } },
  },
  boundary: {
    notYet: { 'the last day': { people: owner('ann'), employment: { ann: { endsOn: day(0) } } } },
    just: { 'the day after it': { people: owner('ann'), employment: { ann: { endsOn: day(-1) } } } },
  },
}
