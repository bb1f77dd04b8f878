import { limit, spendRead } from '../parts.ts'
import type { RuleCases } from '../rule-cases.ts'

const CENT = 10_000
const agreed = [{ amount: 1_000_000, enforcement: 'hard' as const }]
const held = (over: Parameters<typeof limit>[1]) => ({
  more: spendRead([limit(null, { enforcement: 'hard', ...over })]),
})

export const cases: RuleCases = {
  rule: 'organization-limit-disagrees',
  subjects: ['acme openai'],
  found: {
    'another amount': { ...held({ amount: 2_000_000 }), agreed },
    'an alert where a hard limit was agreed': { ...held({ enforcement: 'alert' }), agreed },
    'none at all': { more: spendRead(), agreed },
    'another amount than was agreed of the organization, though the whole client has it': {
      ...held({}),
      agreed: [...agreed, { connection: 1, amount: 3_000_000, enforcement: 'hard' }],
    },
  },
  notFound: {
    'the same': { ...held({}), agreed },
    'nothing agreed': held({}),
    'not read': { agreed },
    'an alert at one of the thresholds': {
      ...held({ enforcement: 'alert', amount: 500_000 }),
      agreed: [{ amount: 1_000_000, enforcement: 'alert' }],
    },
  },
  boundary: {
    notYet: { 'less than a cent apart': { ...held({ amount: 1_000_000 + CENT - 1 }), agreed } },
    just: { 'a cent apart': { ...held({ amount: 1_000_000 + CENT }), agreed } },
  },
}
