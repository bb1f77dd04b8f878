import type { Plan } from '../../../../../shared/domain/plans/plan.ts'
import type { RuleCases } from '../rule-cases.ts'
import { ago } from '../worlds.ts'
import { asItIs } from '../plan-parts.ts'
import { invite } from '../parts.ts'
import { user } from '../../registers.ts'

const pair = [user('ann'), user('bob')]
const only =
  (email: string) =>
  (plan: Plan): Plan => ({
    ...plan,
    people: plan.people.filter((one) => one.email === email),
  })

export const cases: RuleCases = {
  rule: 'plan-person-extra',
  found: {
    'a member who is not in the plan': { people: pair, plan: only('ann@acme.example') },
    'a pending invite': { people: [user('ann'), ...invite(ago(1), ago(-6))], plan: only('ann@acme.example') },
  },
  notFound: {
    'a plan without people': { people: pair, plan: (plan) => ({ ...plan, people: [] }) },
    'an invite that expired': {
      people: [user('ann'), ...invite(ago(9), ago(2), 'expired')],
      plan: only('ann@acme.example'),
    },
    'a person without an address': {
      people: [user('ann'), user('bob', { email: null })],
      plan: only('ann@acme.example'),
    },
  },
  boundary: {
    notYet: { 'all are planned': { people: pair, plan: asItIs } },
    just: { 'all but one': { people: pair, plan: only('bob@acme.example') } },
  },
}
