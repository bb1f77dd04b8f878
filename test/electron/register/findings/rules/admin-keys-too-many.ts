import { admins } from '../parts.ts'
import type { RuleCases } from '../rule-cases.ts'

export const cases: RuleCases = {
  rule: 'admin-keys-too-many',
  subjects: ['acme openai'],
  found: {
    'three where the client allows two': { keys: admins(3), policy: { maxAdminKeys: 2 } },
  },
  notFound: {
    none: {},
  },
  boundary: {
    notYet: { three: { keys: admins(3) } },
    just: { four: { keys: admins(4) } },
  },
}
