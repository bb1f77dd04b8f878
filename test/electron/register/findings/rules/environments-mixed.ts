import type { RuleCases } from '../rule-cases.ts'

export const cases: RuleCases = {
  rule: 'environments-mixed',
  subjects: ['Web'],
  found: {
    'production and staging': { keys: [{ name: 'staging-web-api' }, { name: 'prod-web-api' }] },
  },
  notFound: {
    'production alone': { keys: [{ name: 'prod-web-api' }, { name: 'prod-web-jobs' }] },
  },
  boundary: {
    notYet: { 'production and a name without an environment': { keys: [{ name: 'prod-web-api' }, { name: 'x' }] } },
    just: { 'production and development': { keys: [{}, { name: 'prod-web-api' }] } },
  },
}
