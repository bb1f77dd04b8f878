import type { RuleCases } from '../rule-cases.ts'
import { asItIs } from '../plan-parts.ts'

const none = { organizations: [], projects: [], jobs: [], people: [] }

export const cases: RuleCases = {
  rule: 'plan-organization-extra',
  subjects: ['acme openai'],
  found: { 'a plan that has no organization': { plan: (plan) => ({ ...plan, ...none }) } },
  notFound: {
    'no active plan': {},
    'the only one of its provider, under another name': {
      plan: (plan) => ({
        ...plan,
        organizations: plan.organizations.map((each) => ({ ...each, name: 'Acme Corp' })),
        projects: [],
      }),
    },
  },
  boundary: {
    notYet: { 'one that is planned': { plan: asItIs } },
    just: {
      'one of another provider that is planned': {
        plan: (plan) => ({
          ...plan,
          ...none,
          organizations: [{ name: 'Acme', provider: 'anthropic', reason: null, limit: null }],
        }),
      },
    },
  },
}
