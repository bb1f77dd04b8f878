import { federated } from '../parts.ts'
import type { RuleCases } from '../rule-cases.ts'

export const cases: RuleCases = {
  rule: 'federation-token-long',
  subjects: ['ci'],
  found: {
    'two hours': federated([{ lifetimeSeconds: 7200 }]),
    'the longest of several': federated([{ lifetimeSeconds: 60 }, { lifetimeSeconds: 7200 }]),
    'longer than the policy of the client': federated(
      [{ lifetimeSeconds: 3600 }],
      {},
      { policy: { federationTokenMinutes: 30 } },
    ),
  },
  notFound: {
    'a lifetime that is not reported': federated([{}]),
    'a disabled rule': federated([{ lifetimeSeconds: 7200, status: 'disabled' }]),
  },
  boundary: {
    notYet: { 'as long as the policy allows': federated([{ lifetimeSeconds: 3600 }]) },
    just: { 'one second longer': federated([{ lifetimeSeconds: 3601 }]) },
  },
}
