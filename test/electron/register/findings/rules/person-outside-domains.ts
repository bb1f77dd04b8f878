import { guest } from '../parts.ts'
import { user } from '../../registers.ts'
import type { RuleCases } from '../rule-cases.ts'

export const cases: RuleCases = {
  rule: 'person-outside-domains',
  subjects: ['eve'],
  found: {
    'another domain': { people: guest() },
  },
  notFound: {
    'no address': { people: [user('eve', { email: null })] },
  },
  boundary: {
    notYet: { 'the domain in capitals': { people: [user('ann', { email: 'Ann@ACME.example' })] } },
    just: {
      'a domain that only ends alike': {
        people: [user('eve', { email: 'eve@not-acme.example' })],
      },
    },
  },
}
