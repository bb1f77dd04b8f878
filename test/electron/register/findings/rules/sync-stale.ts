import type { RuleCases } from '../rule-cases.ts'

export const cases: RuleCases = {
  rule: 'sync-stale',
  subjects: ['acme openai'],
  found: {
    'read a year ago': { later: 365 },
  },
  notFound: {
    'read seven days ago where the client allows ten': { later: 7, policy: { staleSyncDays: 10 } },
  },
  boundary: {
    notYet: { 'read a moment less than seven days ago': { later: 7 - 1e-6 } },
    just: { 'read seven days ago': { later: 7 } },
  },
}
