import { federated } from '../parts.ts'
import type { RuleCases } from '../rule-cases.ts'

export const cases: RuleCases = {
  rule: 'service-account-admin',
  subjects: ['ci'],
  found: {
    'an admin of the organization': federated([], { project: null, roleRaw: 'admin', level: 'admin' }),
    'an owner of the organization': federated([], { project: null, roleRaw: 'owner', level: 'owner' }),
  },
  notFound: {
    'a member of a project': federated([]),
    'an owner of a project': federated([], { roleRaw: 'owner', level: 'owner' }),
  },
  boundary: {
    notYet: { 'a developer': federated([], { project: null, roleRaw: 'developer', level: 'member' }) },
    just: { 'an admin': federated([], { project: null, roleRaw: 'admin', level: 'admin' }) },
  },
}
