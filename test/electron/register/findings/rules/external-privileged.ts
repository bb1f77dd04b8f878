import { guest, owner } from '../parts.ts'
import type { RuleCases } from '../rule-cases.ts'

export const cases: RuleCases = {
  rule: 'external-privileged',
  subjects: ['eve'],
  found: {
    'an owner of the client and one from elsewhere': {
      people: [...owner('ann'), ...owner('eve', 'eve@elsewhere.example')],
    },
  },
  notFound: {
    'a member from elsewhere': { people: guest('proj_a') },
    'a client that named no domain': {
      people: owner('eve', 'eve@elsewhere.example'),
      domains: [],
    },
  },
  boundary: {
    notYet: { 'an owner of the agency': { people: owner('eve', 'eve@agency.example') } },
    just: { 'an owner from elsewhere': { people: owner('eve', 'eve@elsewhere.example') } },
  },
}
