import { keyWorld } from '../parts.ts'
import type { RuleCases } from '../rule-cases.ts'

export const cases: RuleCases = {
  rule: 'key-deposited',
  found: {
    'a key of a vendor that all workspaces use': keyWorld({ vendor: 'anthropic', project: null }),
  },
  notFound: {
    'a key of the gateway itself': keyWorld({}),
  },
  boundary: {
    notYet: { 'a key without a vendor': keyWorld({}) },
    just: { 'a key with a vendor': keyWorld({ vendor: 'openai' }) },
  },
}
