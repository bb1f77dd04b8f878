import { archived, keyWorld, used } from '../parts.ts'
import type { RuleCases } from '../rule-cases.ts'

export const cases: RuleCases = {
  rule: 'key-in-archived-project',
  found: {
    'an archived project with a key that is used': keyWorld(used(0), { projects: archived }),
  },
  notFound: {
    'an active project': keyWorld({}),
  },
  boundary: {
    notYet: { 'a key that was archived with it': keyWorld({ status: 'archived' }, { projects: archived }) },
    just: { 'an archived project': keyWorld({}, { projects: archived }) },
  },
}
