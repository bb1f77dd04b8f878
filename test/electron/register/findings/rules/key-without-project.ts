import { admin, keyWorld } from '../parts.ts'
import type { RuleCases } from '../rule-cases.ts'

export const cases: RuleCases = {
  rule: 'key-without-project',
  found: {
    'a key of the organization named by the convention': keyWorld({
      name: 'prod-web-api',
      kind: 'organization',
      project: null,
    }),
  },
  notFound: {
    'an admin key': keyWorld(admin()),
  },
  boundary: {
    notYet: { 'a key of a project': keyWorld({}) },
    just: { 'a key of the organization': keyWorld({ kind: 'organization', project: null }) },
  },
}
