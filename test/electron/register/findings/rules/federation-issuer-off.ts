import { federated } from '../parts.ts'
import type { RuleCases } from '../rule-cases.ts'

export const cases: RuleCases = {
  rule: 'federation-issuer-off',
  subjects: ['ci'],
  found: {
    'a disabled issuer': federated([{ issuerStatus: 'disabled' }]),
    'rules of two issuers': federated([
      { issuerStatus: 'disabled' },
      { issuerStatus: 'archived', issuer: 'https://gitlab.com' },
    ]),
    'an archived issuer': federated([{ issuerStatus: 'archived' }]),
  },
  notFound: {
    'an issuer in use': federated([{}]),
    'an issuer that is not reported': federated([{ issuerStatus: null }]),
  },
  boundary: {
    notYet: { 'both are disabled': federated([{ status: 'disabled', issuerStatus: 'disabled' }]) },
    just: { 'the issuer alone is': federated([{ issuerStatus: 'disabled' }]) },
  },
}
