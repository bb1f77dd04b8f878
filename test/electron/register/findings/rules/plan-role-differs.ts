import type { RuleCases } from '../rule-cases.ts'
import { asItIs, inJob } from '../plan-parts.ts'
import { grant, user } from '../../registers.ts'
import { owner } from '../parts.ts'

const inWeb = [user('ann'), grant('ann', 'proj_a')]

export const cases: RuleCases = {
  rule: 'plan-role-differs',
  subjects: ['ann'],
  found: {
    'an owner who is to be a member': { people: owner('ann'), plan: inJob('ann@acme.example', 'member', ['Web']) },
    'a reader who is to be an owner': { plan: inJob('ann@acme.example', 'owner', 'all') },
  },
  notFound: {
    'no active plan': { people: owner('ann') },
    'an unplanned person': { people: owner('ann'), plan: inJob('zoe@acme.example', 'reader', []) },
  },
  boundary: {
    notYet: { 'the planned role in a project': { people: inWeb, plan: asItIs } },
    just: { 'one below it': { people: inWeb, plan: inJob('ann@acme.example', 'admin', ['Web']) } },
  },
}
