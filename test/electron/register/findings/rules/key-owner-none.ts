import { admin, keyWorld } from '../parts.ts'
import type { RuleCases } from '../rule-cases.ts'

export const cases: RuleCases = {
  rule: 'key-owner-none',
  found: {
    'no owner, in a project': keyWorld({ name: 'prod-web-api', ownerState: 'none', owner: null, ownerAccess: null }),
  },
  notFound: {
    'a decoy': keyWorld({ ownerState: 'none', owner: null, ownerAccess: null }, { decoys: 10 }),
    'a key that a tool made': keyWorld({ ownerState: 'none', owner: null, ownerAccess: null, tool: 'Claude Code' }),
    'an admin key without an owner': keyWorld(admin({ ownerState: 'none', owner: null })),
  },
  boundary: {
    notYet: { 'an unknown creator': keyWorld({ ownerState: 'unknown', owner: null, ownerAccess: null }) },
    just: { nobody: keyWorld({ ownerState: 'none', owner: null, ownerAccess: null }) },
  },
}
