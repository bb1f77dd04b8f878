import { admin, keyWorld, never, used } from '../parts.ts'
import type { RuleCases } from '../rule-cases.ts'
import { ago } from '../worlds.ts'

export const cases: RuleCases = {
  rule: 'decoy-used',
  found: {
    'used yesterday, and a decoy since ten days': keyWorld(used(1), { decoys: 10 }),
    'an admin key': keyWorld(admin(used(1)), { decoys: 10 }),
  },
  notFound: {
    'used yesterday, and no decoy': keyWorld(used(1)),
    'never used': keyWorld(never(20), { decoys: 10 }),
    'use that is not reported': keyWorld({ lastUse: { state: 'not-reported' } }, { decoys: 10 }),
    'used before a day, when exactly is not known': keyWorld(
      { lastUse: { state: 'before', at: ago(1) } },
      { decoys: 10 },
    ),
  },
  boundary: {
    notYet: { 'used as it was marked': keyWorld(used(10), { decoys: 10 }) },
    just: {
      'used right after it was marked': keyWorld({ lastUse: { state: 'known', at: ago(10) + 1 } }, { decoys: 10 }),
    },
  },
}
