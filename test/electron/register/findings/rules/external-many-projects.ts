import { grant, project, user } from '../../registers.ts'
import { guest, two } from '../parts.ts'
import type { RuleCases } from '../rule-cases.ts'

export const cases: RuleCases = {
  rule: 'external-many-projects',
  subjects: ['eve'],
  found: {
    'three projects': { people: guest('proj_a', 'proj_b', 'proj_c'), projects: [...two, project('proj_c')] },
  },
  notFound: {
    'two projects of an internal person': {
      people: [user('ann'), grant('ann', 'proj_a'), grant('ann', 'proj_b')],
      projects: two,
    },
  },
  boundary: {
    notYet: { 'one project': { people: guest('proj_a'), projects: two } },
    just: { 'two projects': { people: guest('proj_a', 'proj_b'), projects: two } },
  },
}
