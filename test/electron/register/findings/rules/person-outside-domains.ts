import { guest } from '../parts.ts'
import { user } from '../../registers.ts'
import type { RuleCases } from '../rule-cases.ts'
import { ago } from '../worlds.ts'

export const cases: RuleCases = {
  rule: 'person-outside-domains',
  subjects: ['eve'],
  found: {
    'another domain': { people: guest() },
  },
  notFound: {
    'an invite that expired at this moment': {
      people: [user('eve', { kind: 'invite', email: 'eve@else.example', status: 'pending', expiresAt: ago(0) })],
    },
    'an invite that the provider reports as expired': {
      people: [user('eve', { kind: 'invite', email: 'eve@else.example', status: 'expired' })],
    },
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
