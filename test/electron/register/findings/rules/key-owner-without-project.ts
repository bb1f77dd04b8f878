import { keyWorld } from '../parts.ts'
import type { RuleCases } from '../rule-cases.ts'

export const cases: RuleCases = {
  rule: 'key-owner-without-project',
  found: {
    'an owner without the project, in production': keyWorld({ name: 'prod-web-api', ownerAccess: 'inactive' }),
  },
  notFound: {
    'a decoy': keyWorld({ ownerAccess: 'inactive' }, { decoys: 10 }),
    'an owner in the project': keyWorld({ ownerAccess: 'active' }),
  },
  boundary: {
    notYet: { 'nothing reported about the project': keyWorld({ ownerAccess: null }) },
    just: { 'an owner without the project': keyWorld({ ownerAccess: 'inactive' }) },
  },
}
