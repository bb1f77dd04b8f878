import { user } from '../../registers.ts'
import { owner } from '../parts.ts'
import type { RuleCases } from '../rule-cases.ts'
import { ago } from '../worlds.ts'

const policy = { agencyAccessNeedsReason: true }

export const cases: RuleCases = {
  rule: 'borrowed-access',
  subjects: ['sam'],
  found: {
    'an owner of the agency': { people: owner('sam', 'sam@agency.example'), policy },
    'a pending invite of the agency': {
      people: [user('sam', { kind: 'invite', email: 'sam@agency.example', status: 'pending' })],
      policy,
    },
  },
  notFound: {
    'an invite of the agency that has expired': {
      people: [user('sam', { kind: 'invite', email: 'sam@agency.example', status: 'pending', expiresAt: ago(1) })],
      policy,
    },
    'the client’s own people': { people: [user('ann')], policy },
    'an agency without this policy': { people: owner('sam', 'sam@agency.example') },
  },
  boundary: {
    notYet: { 'an address of another domain': { people: [user('sam', { email: 'sam@agency.example.net' })], policy } },
    just: { 'an address of the agency': { people: [user('sam', { email: 'sam@agency.example' })], policy } },
  },
}
