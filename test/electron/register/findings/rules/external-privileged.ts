import { guest, owner } from '../parts.ts'
import type { RuleCases } from '../rule-cases.ts'

export const cases: RuleCases = {
  rule: 'external-privileged',
  subjects: ['eve'],
  found: {
    'an owner of the client and an external one': {
      people: [...owner('ann'), ...owner('eve', 'eve@elsewhere.example')],
    },
  },
  notFound: {
    'an external member': { people: guest('proj_a') },
    'a client without domains': {
      people: owner('eve', 'eve@elsewhere.example'),
      domains: [],
    },
  },
  boundary: {
    notYet: { 'an owner of the agency': { people: owner('eve', 'eve@agency.example') } },
    just: { 'an external owner': { people: owner('eve', 'eve@elsewhere.example') } },
  },
}
