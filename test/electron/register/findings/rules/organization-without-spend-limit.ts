import { limit, spendRead } from '../parts.ts'
import type { RuleCases } from '../rule-cases.ts'

export const cases: RuleCases = {
  rule: 'organization-without-spend-limit',
  subjects: ['acme openai'],
  found: {
    'a limit of a project only': { more: spendRead([limit('proj_a')]) },
  },
  notFound: {
    'not read': {},
    'not wanted': { more: spendRead(), policy: { spendControl: 'none' } },
  },
  boundary: {
    notYet: { 'read, and an alert': { more: spendRead([limit(null)]) } },
    just: { 'read, and none': { more: spendRead() } },
  },
}
