import { keyWorld } from '../parts.ts'
import type { RuleCases } from '../rule-cases.ts'

export const cases: RuleCases = {
  rule: 'key-creator-unknown',
  found: {
    'an unknown creator of a workspace key': keyWorld(
      { ownerState: 'unknown', owner: null, ownerAccess: null },
      { provider: 'anthropic' },
    ),
  },
  notFound: {
    'a decoy': keyWorld({ ownerState: 'unknown', owner: null, ownerAccess: null }, { decoys: 10 }),
    'a known creator': keyWorld({}),
  },
  boundary: {
    notYet: { nobody: keyWorld({ ownerState: 'none', owner: null, ownerAccess: null }) },
    just: { 'an unknown creator': keyWorld({ ownerState: 'unknown', owner: null, ownerAccess: null }) },
  },
}
