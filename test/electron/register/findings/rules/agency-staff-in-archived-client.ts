import { user } from '../../registers.ts'
import { owner } from '../parts.ts'
import type { RuleCases } from '../rule-cases.ts'

export const cases: RuleCases = {
  rule: 'agency-staff-in-archived-client',
  subjects: ['sam'],
  found: {
    'an owner of the agency': { people: owner('sam', 'sam@agency.example'), archived: true },
  },
  notFound: {
    'the client’s own people': { people: [user('ann')], archived: true },
  },
  boundary: {
    notYet: { 'staff in a client': { people: [user('sam', { email: 'sam@agency.example' })] } },
    just: {
      'staff in an archived client': {
        people: [user('sam', { email: 'sam@agency.example' }), user('ann')],
        archived: true,
      },
    },
  },
}
