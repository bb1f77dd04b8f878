import { guest, owner } from '../parts.ts'
import type { RuleCases } from '../rule-cases.ts'

export const cases: RuleCases = {
  rule: 'contractor-privileged',
  subjects: ['ann'],
  found: {
    'a contractor who is an owner': { people: owner('ann'), employment: { ann: { contractor: true } } },
  },
  notFound: {
    'an employee who is an owner': { people: owner('ann'), employment: { ann: {} } },
    'an external person without HR data': { people: owner('eve', 'eve@elsewhere.example') },
  },
  boundary: {
    notYet: { 'a contractor who is a member': { people: guest('proj_a'), employment: { eve: { contractor: true } } } },
    just: {
      'one owner of two is a contractor': {
        people: [...owner('ann'), ...owner('bea')],
        employment: { ann: { contractor: true }, bea: {} },
      },
    },
  },
}
