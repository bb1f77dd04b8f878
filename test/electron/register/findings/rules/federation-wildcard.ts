import { federated } from '../parts.ts'
import type { RuleCases } from '../rule-cases.ts'

export const cases: RuleCases = {
  rule: 'federation-wildcard',
  subjects: ['ci'],
  found: {
    'any repository of an owner': federated([{ subject: 'repo:acme/*' }]),
    'any token of the issuer': federated([{ subject: '*' }]),
    'several rules, one of them open': federated([{}, { subject: null }]),
  },
  notFound: {
    'a condition beside an open subject, which may name one workload': federated([
      { subject: 'repo:*', condition: 'claims.repository == "acme/web"' },
    ]),
    'one branch': federated([{}]),
    'any branch of one repository': federated([{ subject: 'repo:acme/web:*' }]),
    'a disabled rule': federated([{ subject: '*', status: 'disabled' }]),
    'a rule of a disabled issuer': federated([{ subject: '*', issuerStatus: 'disabled' }]),
    'no rule': {},
  },
  boundary: {
    notYet: { 'a repository in the subject': federated([{ subject: 'repo:acme/web:*' }]) },
    just: { 'a pattern in its place': federated([{ subject: 'repo:acme/we*' }]) },
  },
}
