import { federated, withoutRoles } from '../parts.ts'
import type { RuleCases } from '../rule-cases.ts'

const ci = { owner: { externalId: 'ci', kind: 'service-account', name: 'ci', email: null } } as const

export const cases: RuleCases = {
  rule: 'key-beside-federation',
  subjects: ['ci-deploy'],
  found: { 'a key of the account of a rule': federated([{}], {}, { keys: [{ name: 'ci-deploy', ...ci }] }) },
  notFound: {
    'a key of someone else': federated([{}], {}, { keys: [{ name: 'ci-deploy' }] }),
    'a key in a project that the rule does not reach': federated(
      [{ projects: ['proj_b'] }],
      {},
      { keys: [{ name: 'ci-deploy', ...ci }] },
    ),
    'a rule whose scopes leave less than the role of the account': federated(
      [{ level: 'reader' }],
      {},
      { keys: [{ name: 'ci-deploy', ...ci }] },
    ),
    'a key of an account whose roles were not read': withoutRoles(
      federated([{ level: 'reader' }], {}, { keys: [{ name: 'ci-deploy', ...ci }] }),
    ),
    'a key of the account, without a rule': federated([], {}, { keys: [{ name: 'ci-deploy', ...ci }] }),
  },
  boundary: {
    notYet: {
      'the rule is disabled': federated([{ status: 'disabled' }], {}, { keys: [{ name: 'ci-deploy', ...ci }] }),
    },
    just: { 'the rule is in use': federated([{}], {}, { keys: [{ name: 'ci-deploy', ...ci }] }) },
  },
}
