import type { RuleCases } from '../rule-cases.ts'
import { asItIs, webAs, webKeys } from '../plan-parts.ts'

const keys = [{ name: 'dev-web-api' }, { name: 'dev-web-evals' }]

export const cases: RuleCases = {
  rule: 'plan-key-unexplained',
  found: { 'a key that the plan does not have': { keys: [{}], plan: webKeys(() => []) } },
  notFound: {
    'no active plan': { keys },
    'a key of a project that is not planned, which is another rule': {
      keys,
      plan: webAs((web) => ({ ...web, name: 'Shop', keys: [] })),
    },
    'an admin key': { keys: [{ kind: 'admin', project: null, ownerAccess: null }], plan: asItIs },
  },
  boundary: {
    notYet: { 'every key is planned': { keys, plan: asItIs } },
    just: { 'all but one are': { keys, plan: webKeys((planned) => planned.slice(0, 1)) } },
  },
}
