import { admin, keyWorld } from '../parts.ts'
import type { RuleCases } from '../rule-cases.ts'
import { ago } from '../worlds.ts'

export const cases: RuleCases = {
  rule: 'admin-key-old',
  found: {
    'a year': keyWorld(admin({ createdAt: ago(365) })),
  },
  notFound: {
    'a decoy': keyWorld(admin({ createdAt: ago(91) }), { decoys: 10 }),
    'a key of a project': keyWorld({ createdAt: ago(400) }),
  },
  boundary: {
    notYet: { 'the 90th day': keyWorld(admin({ createdAt: ago(90) })) },
    just: { 'the 91st day': keyWorld(admin({ createdAt: ago(91) })) },
  },
}
