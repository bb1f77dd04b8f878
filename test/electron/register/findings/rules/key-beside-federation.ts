import { federated } from '../parts.ts'
import type { RuleCases } from '../rule-cases.ts'

const ci = { owner: { externalId: 'ci', kind: 'service-account', name: 'ci', email: null } } as const

export const cases: RuleCases = {
  rule: 'key-beside-federation',
  subjects: ['ci-deploy'],
  found: { 'a key of the account of a rule': federated([{}], {}, { keys: [{ name: 'ci-deploy', ...ci }] }) },
  notFound: {
    'a key of someone else': federated([{}], {}, { keys: [{ name: 'ci-deploy' }] }),
    'a key of the account, without a rule': federated([], {}, { keys: [{ name: 'ci-deploy', ...ci }] }),
  },
  boundary: {
    notYet: {
      'the rule is disabled': federated([{ status: 'disabled' }], {}, { keys: [{ name: 'ci-deploy', ...ci }] }),
    },
    just: { 'the rule is in use': federated([{}], {}, { keys: [{ name: 'ci-deploy', ...ci }] }) },
  },
}
