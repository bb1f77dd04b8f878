import { keyWorld, used } from '../parts.ts'
import type { RuleCases } from '../rule-cases.ts'
import { ago } from '../worlds.ts'

export const cases: RuleCases = {
  rule: 'key-unused',
  found: {
    '89 days without use': keyWorld(used(89)),
    'used before a day 60 days ago, when exactly is not known': keyWorld({ lastUse: { state: 'before', at: ago(60) } }),
  },
  notFound: {
    'a decoy': keyWorld(used(89), { decoys: 10 }),
    '90 days without use, which is another rule': keyWorld(used(90)),
    'no report of use': keyWorld({ lastUse: { state: 'not-reported' }, createdAt: ago(500) }),
    'used before a day 30 days ago': keyWorld({ lastUse: { state: 'before', at: ago(30) } }),
    'a key that a tool made for its owner': keyWorld({ ...used(89), tool: 'Claude Code' }),
    'a client that flags after 60 days': keyWorld(used(59), { policy: { unusedFlagDays: 60 } }),
  },
  boundary: {
    notYet: { '44 days without use': keyWorld(used(44)) },
    just: { '45 days without use': keyWorld(used(45)) },
  },
}
