import { admin, keyWorld, never, used } from '../parts.ts'
import type { RuleCases } from '../rule-cases.ts'

export const cases: RuleCases = {
  rule: 'admin-key-unused',
  found: {
    'never used in 30 days': keyWorld(admin(never(30))),
  },
  notFound: {
    'a decoy': keyWorld(admin(never(30)), { decoys: 10 }),
    'never used in 29 days': keyWorld(admin(never(29))),
    'a key of a project': keyWorld(used(45)),
  },
  boundary: {
    notYet: { '44 days without use': keyWorld(admin(used(44))) },
    just: { '45 days without use': keyWorld(admin(used(45))) },
  },
}
