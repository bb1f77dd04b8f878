import { keyWorld, never } from '../parts.ts'
import type { RuleCases } from '../rule-cases.ts'
import { ago } from '../worlds.ts'

export const cases: RuleCases = {
  rule: 'key-never-used',
  found: {
    'never used in a year': keyWorld(never(365)),
  },
  notFound: {
    'a decoy': keyWorld(never(365), { decoys: 10 }),
    'a key that was used before a day, when exactly is not known': keyWorld({
      createdAt: ago(400),
      lastUse: { state: 'before', at: ago(2) },
    }),
    'an old key that is used': keyWorld({ createdAt: ago(60) }),
    'no known day of creation': keyWorld({ lastUse: { state: 'never' }, createdAt: null }),
  },
  boundary: {
    notYet: { 'never used in 29 days': keyWorld(never(29)) },
    just: { 'never used in 30 days': keyWorld(never(30)) },
  },
}
