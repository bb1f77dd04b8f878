import { federated } from '../parts.ts'
import type { RuleCases } from '../rule-cases.ts'

export const cases: RuleCases = {
  rule: 'federation-any-branch',
  subjects: ['ci'],
  found: {
    'any branch of a repository': federated([{ subject: 'repo:acme/web:*' }]),
    'a repository as a claim alone': federated([{ subject: null, claims: { repository: 'acme/web' } }]),
  },
  notFound: {
    'one branch': federated([{}]),
    'an environment': federated([{ subject: 'repo:acme/web:environment:prod' }]),
    'any repository, which another rule finds': federated([{ subject: 'repo:acme/*' }]),
    'an archived rule': federated([{ subject: 'repo:acme/web:*', status: 'archived' }]),
  },
  boundary: {
    notYet: {
      'a claim names the branch': federated([{ subject: 'repo:acme/web:*', claims: { ref: 'refs/heads/main' } }]),
    },
    just: { 'no claim names it': federated([{ subject: 'repo:acme/web:*', claims: { actor: 'mara' } }]) },
  },
}
