import { user } from '../../registers.ts'
import { owners } from '../parts.ts'
import type { RuleCases } from '../rule-cases.ts'

export const cases: RuleCases = {
  rule: 'privileged-too-many',
  subjects: ['acme openai'],
  found: {
    twelve: { people: owners(12) },
  },
  notFound: {
    'six members': { people: Array.from({ length: 6 }, (_, n) => user(`m${n}`)) },
  },
  boundary: {
    notYet: { five: { people: owners(5) } },
    just: { six: { people: owners(6) } },
  },
}
