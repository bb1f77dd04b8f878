import type { RuleCases } from '../rule-cases.ts'
import { asItIs, hard, organizationLimit } from '../plan-parts.ts'
import { limit, spendRead } from '../parts.ts'

const CENT = 10_000
const held = { more: spendRead([limit(null, { enforcement: 'hard', amount: 1_000_000 })]) }

export const cases: RuleCases = {
  rule: 'plan-organization-limit-differs',
  subjects: ['acme openai'],
  found: {
    'none at all': { more: spendRead(), plan: organizationLimit(hard(1_000_000)) },
    'one that is not planned': { ...held, plan: organizationLimit(null) },
  },
  notFound: {
    'no active plan': held,
    'limits that could not be read': {
      more: [{ source: 'spend-limits', state: 'denied', facts: [] }],
      plan: organizationLimit(hard(1_000_000)),
    },
  },
  boundary: {
    notYet: { 'the planned amount': { ...held, plan: asItIs } },
    just: { 'a cent less': { ...held, plan: organizationLimit(hard(1_000_000 - CENT)) } },
  },
}
