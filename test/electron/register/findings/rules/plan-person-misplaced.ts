import type { RuleCases } from '../rule-cases.ts'
import { asItIs, inJob } from '../plan-parts.ts'
import { grant, user } from '../../registers.ts'
import { two } from '../parts.ts'

const both = { projects: two, people: [user('ann'), grant('ann', 'proj_a'), grant('ann', 'proj_b')] }

export const cases: RuleCases = {
  rule: 'plan-person-misplaced',
  subjects: ['ann'],
  found: {
    'a member of a project that the job does not give': { ...both, plan: inJob('ann@acme.example', 'member', ['Web']) },
    'a member of an organization that the job does not need': {
      plan: (plan) => inJob('ann@acme.example', 'member', ['Elsewhere'])(plan),
    },
  },
  notFound: {
    'no active plan': both,
    'an unplanned person': { ...both, plan: inJob('zoe@acme.example', 'reader', []) },
  },
  boundary: {
    notYet: { 'in every project of the job': { ...both, plan: asItIs } },
    just: { 'in one beyond it': { ...both, plan: inJob('ann@acme.example', 'member', ['Shop']) } },
  },
}
