import type { RuleCases } from '../rule-cases.ts'
import { asItIs, hard, webLimit } from '../plan-parts.ts'
import { limit, projectSpendRead } from '../parts.ts'

const CENT = 10_000
const held = { more: projectSpendRead([limit('proj_a', { enforcement: 'hard', amount: 1_000_000 })]) }

export const cases: RuleCases = {
  rule: 'plan-project-limit-differs',
  subjects: ['Web'],
  found: {
    'none at all': { more: projectSpendRead(), plan: webLimit(hard(1_000_000)) },
    'one that is not planned': { ...held, plan: webLimit(null) },
  },
  notFound: {
    'no active plan': held,
    'an alert beyond the planned ones': {
      more: projectSpendRead([limit('proj_a', { amount: 500_000 })]),
      plan: webLimit(null),
    },
    'limits that could not be read': {
      more: [{ source: 'project-spend-limits', project: 'proj_a', state: 'denied', facts: [] }],
      plan: webLimit(hard(1_000_000)),
    },
  },
  boundary: {
    notYet: { 'the planned amount': { ...held, plan: asItIs } },
    just: { 'a cent less': { ...held, plan: webLimit(hard(1_000_000 - CENT)) } },
  },
}
