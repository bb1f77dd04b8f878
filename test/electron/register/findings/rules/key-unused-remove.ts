import { admin, keyWorld, used } from '../parts.ts'
import type { RuleCases } from '../rule-cases.ts'
import { ago } from '../worlds.ts'

export const cases: RuleCases = {
  rule: 'key-unused-remove',
  found: {
    'a year without use': keyWorld(used(365)),
    'used before a day 90 days ago, when exactly is not known': keyWorld({ lastUse: { state: 'before', at: ago(90) } }),
  },
  notFound: {
    'a decoy': keyWorld(used(90), { decoys: 10 }),
    'no report of use': keyWorld({ lastUse: { state: 'not-reported' }, createdAt: ago(500) }),
    'an admin key, which is another rule': keyWorld(admin(used(90))),
  },
  boundary: {
    notYet: { '89 days without use': keyWorld(used(89)) },
    just: { '90 days without use': keyWorld(used(90)) },
  },
}
