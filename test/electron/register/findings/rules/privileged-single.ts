import { user } from '../../registers.ts'
import { owners } from '../parts.ts'
import type { RuleCases } from '../rule-cases.ts'

export const cases: RuleCases = {
  rule: 'privileged-single',
  subjects: ['acme openai'],
  found: {
    'one among members': { people: [...owners(1), user('ann')] },
  },
  notFound: {
    'none that is known': { people: [user('ann')] },
  },
  boundary: {
    notYet: { two: { people: owners(2) } },
    just: { one: { people: owners(1) } },
  },
}
