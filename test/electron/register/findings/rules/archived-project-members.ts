import { grant, user } from '../../registers.ts'
import { archived } from '../parts.ts'
import type { RuleCases } from '../rule-cases.ts'

export const cases: RuleCases = {
  rule: 'archived-project-members',
  subjects: ['Web'],
  found: {
    'three members': {
      people: [
        user('ann'),
        user('bob'),
        user('cem'),
        grant('ann', 'proj_a'),
        grant('bob', 'proj_a'),
        grant('cem', 'proj_a'),
      ],
      projects: archived,
    },
  },
  notFound: {
    'an active project': { people: [user('ann'), grant('ann', 'proj_a')] },
  },
  boundary: {
    notYet: { nobody: { projects: archived } },
    just: { 'a member': { people: [user('ann'), grant('ann', 'proj_a')], projects: archived } },
  },
}
