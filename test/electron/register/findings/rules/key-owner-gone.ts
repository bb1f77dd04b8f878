import { account, keyWorld, stranger } from '../parts.ts'
import type { RuleCases } from '../rule-cases.ts'

export const cases: RuleCases = {
  rule: 'key-owner-gone',
  found: {
    'an owner whom no list names, in production': keyWorld({
      name: 'prod-web-api',
      owner: stranger,
      ownerAccess: null,
    }),
    'an owner without access to the project whom the complete list of people never had': keyWorld({
      owner: stranger,
      ownerAccess: 'inactive',
    }),
  },
  notFound: {
    'a decoy': keyWorld({ owner: stranger, ownerAccess: null }, { decoys: 10 }),
    'a key that a tool made, which ends with its owner': keyWorld({
      owner: stranger,
      ownerAccess: null,
      tool: 'Claude Code',
    }),
    'an owner who is a member': keyWorld({}),
    'an owner who has only lost the project': keyWorld({ ownerAccess: 'inactive' }),
  },
  boundary: {
    notYet: { 'an owner whom no readable list could contain': keyWorld({ owner: account, ownerAccess: null }) },
    just: { 'an owner whom no list names': keyWorld({ owner: stranger, ownerAccess: null }) },
  },
}
