import { guest, owner, two } from '../parts.ts'
import type { RuleCases } from '../rule-cases.ts'

const contractor = { employment: { eve: { contractor: true } }, projects: two }

export const cases: RuleCases = {
  rule: 'contractor-many-projects',
  subjects: ['eve'],
  found: {
    'two projects': { ...contractor, people: guest('proj_a', 'proj_b') },
  },
  notFound: {
    'an employee in two projects': { projects: two, people: guest('proj_a', 'proj_b'), employment: { eve: {} } },
    'a contractor who administers everything': {
      projects: two,
      people: owner('eve'),
      employment: { eve: { contractor: true } },
    },
    'a policy that allows two': {
      ...contractor,
      people: guest('proj_a', 'proj_b'),
      policy: { contractorMaxProjects: 2 },
    },
  },
  boundary: {
    notYet: { 'as many as the policy allows': { ...contractor, people: guest('proj_a') } },
    just: { 'one more': { ...contractor, people: guest('proj_a', 'proj_b') } },
  },
}
